import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins

extension PlannedFunction {
    /// Calls the function's code.
    /// - Returns: A result for each call, in their order, or that all failed.
    func call(_ calls: [FunctionCall]) async -> DispatchResult<CallReply> {
        do {
            switch registered.form {
            case .immediate, .immediateBatch: return callAtOnce(calls)
            case .single(let body):
                var results: [CallResult<CallReply>] = []
                for call in calls { results.append(result(of: try await body(call))) }
                return .results(results)
            case .batch(_, let body):
                return self.results(of: try await body(calls), for: calls.count)
            }
        } catch {
            return .failed(failure(of: error))
        }
    }

    /// Calls the code of an immediate function.
    func callAtOnce(_ calls: [FunctionCall]) -> DispatchResult<CallReply> {
        do {
            switch registered.form {
            case .immediate(let body): return .results(try calls.map { result(of: try body($0)) })
            case .immediateBatch(_, let body):
                return results(of: try body(calls), for: calls.count)
            case .single, .batch: preconditionFailure("only immediate functions answer at once")
            }
        } catch {
            return .failed(failure(of: error))
        }
    }

    private func results(
        of answers: [Result<FunctionAnswer, any Error>], for count: Int
    ) -> DispatchResult<CallReply> {
        guard answers.count == count else {
            // Which answer belongs to which call cannot be known, so none does.
            let message = "\(path) gave \(answers.count) results for \(count) calls"
            return .failed(
                CallFailure(.thrown, code: "result_count", message: message, isRetryable: false))
        }
        // Most functions say the same of most calls, such as that nobody is listed: equal neighbours
        // are looked at once and share a reply, as rows do that are answered from the cache.
        var results: [CallResult<CallReply>] = []
        results.reserveCapacity(count)
        for index in 0..<count {
            let isRepeated = index > 0 && isSameAnswer(answers[index - 1], answers[index])
            results.append(isRepeated ? results[index - 1] : result(of: answers[index]))
        }
        return .results(results)
    }

    /// Whether both are answers and equal, byte by byte. Warnings are texts that Swift takes for equal
    /// where their bytes are not, and are rare.
    private func isSameAnswer(
        _ a: Result<FunctionAnswer, any Error>, _ b: Result<FunctionAnswer, any Error>
    ) -> Bool {
        guard case .success(let a) = a, case .success(let b) = b else { return false }
        return a == b && a.warnings.isEmpty
    }

    private func result(of answer: Result<FunctionAnswer, any Error>) -> CallResult<CallReply> {
        switch answer {
        case .failure(let error): .failure(failure(of: error))
        case .success(let answer): result(of: answer)
        }
    }

    private func result(of answer: FunctionAnswer) -> CallResult<CallReply> {
        guard answer.isSuccess else {
            return .failure(failure(of: answer))
        }
        guard answer.value.isNested(atMost: CallLimits.answerDepthMax) else {
            return unusable("usable: it has more than \(CallLimits.answerDepthMax) levels")
        }
        if let mismatch = registered.signature.result.mismatch(of: answer.value) {
            return unusable("as declared: \(mismatch)")
        }
        let json = answer.value.json
        guard json.count <= CallLimits.answerBytesMax else {
            return unusable("usable: it has more than \(CallLimits.answerBytesMax) bytes")
        }
        let reply = reply(json, with: answer)
        let beside = reply.warnings.reduce(reply.metadata.count) { $0 + $1.utf8.count }
        return .success(
            reply, bytes: reply.padded.count + beside + CallLimits.answerOverheadBytes)
    }

    /// The answer with what decisions repeat of it. Metadata too large for them is left out, and they
    /// say so: it is no reason to do without the answer.
    private func reply(_ json: [UInt8], with answer: FunctionAnswer) -> CallReply {
        var metadata: [UInt8] = []
        var warnings = bounded(answer.warnings)
        if let given = answer.metadata {
            let isShallow = given.isNested(atMost: CallLimits.answerDepthMax)
            metadata = isShallow ? given.json : []
            if !isShallow || metadata.count > CallLimits.metadataBytesMax {
                metadata = []
                warnings.append(
                    "its metadata is left out: it has more than \(CallLimits.metadataBytesMax) bytes "
                        + "or \(CallLimits.answerDepthMax) levels")
            }
        }
        return CallReply(
            json: json, timeToLive: policy.cacheTTL, metadata: metadata, warnings: warnings)
    }

    private func unusable(_ what: String) -> CallResult<CallReply> {
        let message = "the answer of \(path) is not \(what)"
        return .failure(
            CallFailure(.thrown, code: "result", message: bounded(message), isRetryable: false))
    }

    private func failure(of answer: FunctionAnswer) -> CallFailure {
        let message = answer.error ?? "\(path) did not succeed and says no reason"
        return CallFailure(
            answer.isInputRefused ? .inputRefused : .unsuccessful, message: bounded(message),
            isRetryable: answer.isRetryable)
    }

    /// Errors that do not say whether trying again may help are tried again.
    private func failure(of error: any Error) -> CallFailure {
        switch error {
        case let error as PluginError:
            CallFailure(
                .thrown, message: bounded(error.description), isRetryable: error.isRetryable)
        case let error as HTTPFailure:
            CallFailure(.thrown, message: bounded(error.message), isRetryable: error.isRetryable)
        case let error as AuditFailure:
            CallFailure(
                .thrown, message: bounded(error.description), isRetryable: error.isRetryable)
        default: CallFailure(.thrown, message: bounded(String(describing: error)))
        }
    }

    /// As many as decisions repeat: too many or too long ones must not make a decision so large that
    /// its record is set aside.
    private func bounded(_ warnings: [String]) -> [String] {
        if warnings.isEmpty { return [] }
        var kept = warnings.prefix(CallLimits.warningsMax).map { bounded($0) }
        let leftOut = warnings.count - kept.count
        if leftOut > 0 { kept.append("\(leftOut) more warnings are left out") }
        return kept
    }

    private func bounded(_ message: String) -> String {
        let kept = message.unicodeScalars.prefix(CallLimits.textScalarsMax)
        return kept.endIndex == message.endIndex ? message : String(kept) + "…"
    }
}
