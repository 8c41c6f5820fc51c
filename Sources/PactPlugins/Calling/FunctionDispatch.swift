public import ArkaModel

/// The functions of one plugin, called by their names with named arguments.
///
/// For programs and tests; the engine binds rules to functions ahead of time, and puts caches,
/// breakers and time limits around them, none of which are here.
public struct FunctionDispatch: Sendable {
    /// The functions, in the order declared.
    public let functions: [RegisteredFunction]

    /// Takes functions of one plugin.
    public init(_ functions: [RegisteredFunction]) {
        self.functions = functions
    }

    /// Finds a function of a kind.
    /// - Throws: ``CallRefusal`` that names a near function, or says of what kind it is.
    public func function(
        _ name: String, kind: FunctionSignature.Kind
    ) throws(CallRefusal) -> RegisteredFunction {
        guard let function = functions.first(where: { $0.signature.name == name }) else {
            let names = functions.map(\.signature.name)
            let hint =
                nearName(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? "there are: \(names.joined(separator: ", "))"
            throw CallRefusal("there is no function '\(shown(name))'; \(hint)")
        }
        guard function.signature.kind == kind else {
            throw CallRefusal(
                "'\(name)' is of kind \(function.signature.kind.rawValue), not \(kind.rawValue)")
        }
        return function
    }

    /// Calls a function once.
    /// - Returns: Its answer; bad input is one without success, and so is an answer that is not as the
    ///   function declares it.
    /// - Throws: ``CallRefusal``, or what the function's code throws.
    public func call(
        _ name: String, kind: FunctionSignature.Kind, _ arguments: [String: PluginValue],
        _ context: PluginContext
    ) async throws -> FunctionAnswer {
        let function = try function(name, kind: kind)
        let call = FunctionCall(
            arguments: try function.arranged(arguments), context: context,
            timeLeft: function.settings.timeout)
        let answer = try await function.answer(to: call)
        guard answer.isSuccess, let mismatch = function.signature.result.mismatch(of: answer.value)
        else { return answer }
        return answer.refused(for: mismatch)
    }

    /// Calls a function of a plugin once; whatever is wrong is a result without success.
    static func call<Answer: PluginResult>(
        _ plugin: some Plugin, _ name: String, _ arguments: [String: PluginValue],
        _ context: PluginContext
    ) async -> Answer {
        do {
            let dispatch = FunctionDispatch(try plugin.registeredFunctions())
            return Answer(try await dispatch.call(name, kind: Answer.kind, arguments, context))
        } catch {
            return .failure("\(error)")
        }
    }
}

/// A call does not fit any function.
public struct CallRefusal: Error, Hashable, CustomStringConvertible {
    /// What is wrong, and what would be right.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension FunctionAnswer {
    /// The failure that stands for an answer which is not as declared; the service that gave it will
    /// not do better next time.
    func refused(for mismatch: ArgumentMismatch) -> FunctionAnswer {
        FunctionAnswer(
            isSuccess: false, metadata: metadata, warnings: warnings,
            error: "the answer is not as the function declares it: \(mismatch)", isRetryable: false)
    }
}

extension RegisteredFunction {
    /// What its code answers to one call.
    fileprivate func answer(to call: FunctionCall) async throws -> FunctionAnswer {
        switch form {
        case .immediate(let code): return try code(call)
        case .single(let code): return try await code(call)
        case .immediateBatch(_, let code): return try only(try code([call]))
        case .batch(_, let code): return try only(try await code([call]))
        }
    }

    private func only(
        _ answers: [Result<FunctionAnswer, any Error>]
    ) throws -> FunctionAnswer {
        guard let answer = answers.first else {
            throw PluginError("the function gave no result", isRetryable: false)
        }
        return try answer.get()
    }

    /// Named arguments in the order of the parameters, defaults filled in.
    /// - Throws: ``CallRefusal`` that lists the required ones that are missing and those that the
    ///   function does not have. Types are the function's own business.
    public func arranged(
        _ arguments: [String: PluginValue]
    ) throws(CallRefusal) -> [PluginValue?] {
        let names = signature.parameters.map(\.name)
        var problems: [String] = []
        for name in arguments.keys.sorted() where !names.contains(name) {
            let hint = nearName(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
            problems.append("\(signature.name) has no parameter '\(shown(name))'\(hint)")
        }
        for parameter in signature.parameters
        where parameter.isRequired && arguments[parameter.name] == nil {
            problems.append(
                "\(parameter.name) is missing; it must be \(parameter.schema.described)")
        }
        guard problems.isEmpty else { throw CallRefusal(problems.joined(separator: "; ")) }
        return signature.parameters.map { parameter in
            arguments[parameter.name]
                ?? parameter.defaultValue.flatMap { try? PluginValue(json: $0) }
        }
    }
}
