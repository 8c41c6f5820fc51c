import ArkaModel
import ArkaRules
import PactPlugins

extension PluginTestHarness {
    /// Decides a transaction by rules that call the plugin, as the engine would: calls are made where a
    /// rule needs them. No action is carried out.
    ///
    /// A call that asks an address that is not mocked finds nothing: each member of its answer has the
    /// neutral value of what the rules read it as (`false`, 0, an empty text or list). A mocked error is
    /// a failure, and what depends on it unknown. In production, unknown is all that ever is.
    /// - Parameters:
    ///   - ruleDSL: Rules, as a rule file has them; the plugin is `plugin.<its name>`.
    ///   - context: The transaction; without a schema, so fields may be absent.
    /// - Throws: Everything that is wrong with the rules.
    public func evaluateWithPlugin(
        ruleDSL: String, context: MockContext = MockContext()
    ) async throws(RuleProblems) -> RuleOutcome {
        let interpreter = try interpreter(ruleDSL)
        let decided = await interpreter.decide(inputs(context)) { requests in
            var answers: [CallAnswer] = []
            for request in requests {
                answers.append(await self.answer(request, context, interpreter))
            }
            return answers
        }
        return RuleOutcome(decided)
    }

    private func interpreter(_ ruleDSL: String) throws(RuleProblems) -> RuleInterpreter {
        let source = SourceText(name: "rules", text: ruleDSL)
        let inputs = RuleInputs(
            layout: RecordLayout(), onUnknown: nil,
            functions: FunctionTable(host.functions.map(\.signature)))
        guard let interpreter = RuleInterpreter([source], inputs) else {
            let errors = compileRules([source], inputs).diagnostics.filter { $0.severity == .error }
            throw RuleProblems(description: errors.map { $0.rendered() }.joined(separator: "\n"))
        }
        return interpreter
    }

    private func inputs(_ context: MockContext) -> RecordInputs {
        var values: [RuleContext: RecordValue] = [:]
        let plugin = context.pluginContext
        values[.transactionID] = plugin.transactionID.map { .string(Array($0.utf8)) }
        values[.jurisdiction] = context.jurisdiction.map { .string(Array($0.utf8)) }
        return RecordInputs(RecordValue(context.transaction), context: values)
    }

    private func answer(
        _ request: CallRequest, _ context: MockContext, _ interpreter: RuleInterpreter
    ) async -> CallAnswer {
        let unmocked = http.unmockedURLs.count
        let arguments = request.arguments.map { ($0.name, PluginValue($0.value)) }
        let attempt = await answer(
            request.function.name, request.function.kind,
            Dictionary(arguments) { first, _ in first }, context.pluginContext)
        if http.unmockedURLs.count > unmocked {
            return .value(interpreter.neutralAnswer(of: request.function))
        }
        return attempt.outcome.isSuccess
            ? .value(RecordValue(attempt.outcome.value)) : .unknown(.callFailed)
    }
}

extension RecordValue {
    /// A plugin's value as rules see it.
    init(_ value: PluginValue) {
        switch value {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number(let value): self = .number(value)
        case .string(let text): self = .string(Array(text.utf8))
        case .array(let values): self = .array(values.map { RecordValue($0) })
        case .object(let members):
            let pairs = members.map { (Array($0.name.utf8), RecordValue($0.value)) }
            self = .object(Dictionary(pairs) { _, last in last })
        }
    }
}

extension PluginValue {
    /// A rule's value as plugins take it; what has no exact value is null.
    init(_ value: RecordValue) {
        switch value {
        case .null, .duplicate, .outOfRange: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number(let value): self = .number(value)
        case .string(let bytes): self = .string(String(decoding: bytes, as: UTF8.self))
        case .array(let values): self = .array(values.map { PluginValue($0) })
        case .object(let members):
            let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            self = .object(
                sorted.map {
                    Member(String(decoding: $0.key, as: UTF8.self), PluginValue($0.value))
                }
            )
        }
    }
}
