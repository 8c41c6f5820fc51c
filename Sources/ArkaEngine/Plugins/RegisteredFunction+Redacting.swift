import ArkaModel
import PactPlugins

extension RegisteredFunction {
    /// The function with secrets taken out of its errors and warnings, before they become a part of a
    /// decision. An answer without either costs nothing, and neither does a process without secrets.
    ///
    /// What rules read of an answer stays as it is: it is data.
    func redacted(by redactor: SecretRedactor) -> RegisteredFunction {
        RegisteredFunction(
            signature, settings, form.redacted(by: redactor),
            parameterSummaries: parameterSummaries)
    }
}

extension RegisteredFunction.Form {
    fileprivate func redacted(by redactor: SecretRedactor) -> Self {
        switch self {
        case .immediate(let code):
            .immediate { call in
                do { return redactor.redacted(try code(call)) } catch {
                    throw redactor.redacted(error)
                }
            }
        case .immediateBatch(let itemsMax, let code):
            .immediateBatch(itemsMax: itemsMax) { calls in
                do { return redactor.redacted(try code(calls)) } catch {
                    throw redactor.redacted(error)
                }
            }
        case .single(let code):
            .single { call in
                do { return redactor.redacted(try await code(call)) } catch {
                    throw redactor.redacted(error)
                }
            }
        case .batch(let itemsMax, let code):
            .batch(itemsMax: itemsMax) { calls in
                do { return redactor.redacted(try await code(calls)) } catch {
                    throw redactor.redacted(error)
                }
            }
        }
    }
}

extension FunctionAnswer {
    /// Whether anything is in it besides what rules read.
    fileprivate var saysMore: Bool { error != nil || metadata != nil || !warnings.isEmpty }
}

extension Result where Success == FunctionAnswer {
    /// Whether there is anything to look through: most answers of a batch are plain.
    fileprivate var mayShowSecrets: Bool {
        if case .success(let answer) = self { answer.saysMore } else { true }
    }
}

extension SecretRedactor {
    fileprivate func redacted(
        _ results: [Result<FunctionAnswer, any Error>]
    ) -> [Result<FunctionAnswer, any Error>] {
        if isEmpty || !results.contains(where: \.mayShowSecrets) { return results }
        return results.map { result in
            switch result {
            case .success(let answer): .success(redacted(answer))
            case .failure(let error): .failure(redacted(error))
            }
        }
    }

    fileprivate func redacted(_ answer: FunctionAnswer) -> FunctionAnswer {
        if isEmpty || !answer.saysMore { return answer }
        var answer = answer
        answer.error = answer.error.map(redacted)
        answer.warnings = answer.warnings.map(redacted)
        answer.metadata = answer.metadata.map(redacted)
        return answer
    }

    /// The error as it is where it shows no secret; otherwise one that says the same without it, and is
    /// worth as many attempts.
    func redacted(_ error: any Error) -> any Error {
        if isEmpty { return error }
        let text = String(describing: error)
        let shown = redacted(text)
        if shown == text { return error }
        return switch error {
        case let error as PluginError: PluginError(shown, isRetryable: error.isRetryable)
        case let error as HTTPFailure: PluginError(shown, isRetryable: error.isRetryable)
        default: PluginError(shown)
        }
    }

    /// The value without secrets in its texts and names.
    func redacted(_ value: PluginValue) -> PluginValue {
        switch value {
        case .null, .boolean, .number: value
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map(redacted))
        case .object(let members):
            .object(members.map { .init(redacted($0.name), redacted($0.value)) })
        }
    }
}
