import ArkaModel

/// What stands around the code of a function: arguments are read and checked before it, its answer
/// after it.
struct FunctionBody<Input: Sendable>: Sendable {
    private let parameters: [FunctionSignature.Parameter]
    private let summaries: [String]
    private let read: @Sendable (inout ArgumentReader) -> Input?
    private let validator: InputValidator
    /// The checks with the places of their arguments, so that a call looks nothing up by name.
    private let checks: [(index: Int, name: String, checks: [InputCheck])]
    private let inputSchema: DeclaredSchema?
    private let result: RecordSchema

    init(
        _ list: ParameterList<Input>, _ validator: InputValidator, _ inputSchema: String?,
        _ result: RecordSchema
    ) {
        let visible = list.inputs.filter { $0.declared != nil }
        let own = visible.compactMap { input in
            input.declared.flatMap { parameter in
                input.checks.isEmpty
                    ? nil : InputValidator.Entry(parameter: parameter.name, checks: input.checks)
            }
        }
        let all = InputValidator(own + validator.entries)
        let declared = visible.compactMap(\.declared)
        parameters = declared.map(all.narrowed)
        checks = all.entries.compactMap { entry in
            declared.firstIndex { $0.name == entry.parameter }
                .map { ($0, entry.parameter, entry.checks) }
        }
        summaries = visible.map(\.summary)
        read = list.read
        self.validator = all
        self.inputSchema = inputSchema.map { DeclaredSchema($0) }
        self.result = result
    }

    func declare(
        _ name: String, _ summary: String, _ settings: FunctionSettings,
        _ kind: FunctionSignature.Kind, _ form: RegisteredFunction.Form
    ) -> DeclaredFunction {
        let signature = FunctionSignature(
            plugin: "", name: name, kind: kind, summary: summary, parameters: parameters,
            result: result)
        return DeclaredFunction(
            signature: signature, settings: settings, form: form, parameterSummaries: summaries,
            validator: validator, inputSchema: inputSchema)
    }

    func immediate(
        _ code: @escaping @Sendable (Input) throws -> some PluginResult
    ) -> RegisteredFunction.Form {
        .immediate { call in
            var refusal = FunctionAnswer()
            guard let input = input(of: call, &refusal) else { return refusal }
            return checked(try code(input).answer)
        }
    }

    func single(
        _ code: @escaping @Sendable (Input) async throws -> some PluginResult
    ) -> RegisteredFunction.Form {
        .single { call in
            var refusal = FunctionAnswer()
            guard let input = input(of: call, &refusal) else { return refusal }
            return checked(try await code(input).answer)
        }
    }

    /// Calls with bad input are answered here; the code sees the others only.
    func immediateBatch(
        itemsMax: Int, _ code: @escaping @Sendable ([Input]) throws -> [some PluginResult]
    ) -> RegisteredFunction.Form {
        .immediateBatch(itemsMax: itemsMax) { calls in
            let (inputs, refusals) = inputs(of: calls)
            return try results(of: inputs.isEmpty ? [] : try code(inputs), inputs.count, refusals)
        }
    }

    /// The same for code that may wait.
    func batch(
        itemsMax: Int, _ code: @escaping @Sendable ([Input]) async throws -> [some PluginResult]
    ) -> RegisteredFunction.Form {
        .batch(itemsMax: itemsMax) { calls in
            let (inputs, refusals) = inputs(of: calls)
            return try results(
                of: inputs.isEmpty ? [] : try await code(inputs), inputs.count, refusals)
        }
    }

    /// A result for each call: what refuses it, or the next of the answers.
    private func results(
        of answers: [some PluginResult], _ inputCount: Int, _ refusals: [FunctionAnswer?]
    ) throws(PluginError) -> [Result<FunctionAnswer, any Error>] {
        guard answers.count == inputCount else {
            throw PluginError(
                "the function gave \(answers.count) results for \(inputCount) calls",
                isRetryable: false)
        }
        var next = 0
        return refusals.map { refusal in
            if let refusal { return .success(refusal) }
            defer { next += 1 }
            return .success(checked(answers[next].answer))
        }
    }

    /// The arguments of the calls that have good ones, and for each call what refuses it.
    private func inputs(of calls: [FunctionCall]) -> ([Input], refusals: [FunctionAnswer?]) {
        var inputs: [Input] = []
        var refusals: [FunctionAnswer?] = []
        inputs.reserveCapacity(calls.count)
        refusals.reserveCapacity(calls.count)
        for call in calls {
            var refusal = FunctionAnswer()
            let input = input(of: call, &refusal)
            if let input { inputs.append(input) }
            refusals.append(input == nil ? refusal : nil)
        }
        return (inputs, refusals)
    }

    /// The arguments as the code takes them; `nil` if there is anything wrong with them, and then the
    /// refusal lists it.
    private func input(of call: FunctionCall, _ refusal: inout FunctionAnswer) -> Input? {
        var reader = ArgumentReader(call)
        let input = read(&reader)
        for (index, name, checks) in checks where index < call.arguments.count {
            guard let argument = call.arguments[index] else { continue }
            for check in checks {
                if let problem = check.problem(with: argument, named: name) { reader.note(problem) }
            }
        }
        if let inputSchema {
            let problems = inputSchema.problems(with: call.arguments, of: parameters)
            for problem in problems { reader.note(problem) }
        }
        if reader.problems.isEmpty { return input }
        refusal = FunctionAnswer(
            isSuccess: false, error: reader.problems.joined(separator: "; "), isRetryable: false,
            isInputRefused: true)
        return nil
    }

    /// The answer, or a failure if it is no object. Who calls holds it against the declared result.
    private func checked(_ answer: FunctionAnswer) -> FunctionAnswer {
        if case .object = answer.value { return answer }
        return answer.isSuccess
            ? answer.refused(for: ArgumentMismatch(expected: "an object", found: answer.value))
            : answer
    }
}

extension InputValidator {
    /// The parameter with what its checks say of its schema.
    func narrowed(_ parameter: FunctionSignature.Parameter) -> FunctionSignature.Parameter {
        var parameter = parameter
        for entry in entries where entry.parameter == parameter.name {
            for check in entry.checks { parameter.schema = check.narrowed(parameter.schema) }
        }
        return parameter
    }
}
