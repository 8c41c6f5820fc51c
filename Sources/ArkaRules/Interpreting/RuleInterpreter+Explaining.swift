import ArkaModel

extension RuleInterpreter {
    /// The names of the rules, in the order of the book.
    public var ruleNames: [String] { rules.map(\.name) }

    /// Says of a rule what each of its parts comes to.
    /// - Parameters:
    ///   - rule: The rule's name.
    ///   - inputs: The transaction.
    ///   - calls: The calls that were made for it; see ``decide(_:calling:)``. What others would answer
    ///     is unknown: not called.
    /// - Returns: The explanation; `nil` if there is no such rule.
    public func explanation(
        of rule: String, _ inputs: RecordInputs, calls made: [MadeCall] = []
    ) -> RuleExplanation? {
        guard let rule = rules.first(where: { $0.name == rule }) else { return nil }
        let walk = walk(inputs, after: made)
        let explainer = Explainer(walk, RuleText(self))
        return RuleExplanation(
            result: rule.result(walk), onUnknown: rule.onUnknown,
            condition: explainer.explain(rule.condition),
            actions: rule.actions.map { walk.decided($0, of: rule.name) })
    }

    /// The transaction with the answers of some calls. A call's arguments read answers of calls before
    /// it only.
    private func walk(_ inputs: RecordInputs, after made: [MadeCall]) -> TreeWalk {
        var walk = TreeWalk(inputs, fields: fields, lists: lists)
        for (index, call) in calls.enumerated() {
            var arguments: [CallRequest.Argument] = []
            var cause: UnknownCause?
            for argument in call.arguments {
                switch walk.value(of: argument.value) {
                case .known(let value): arguments.append(.init(argument.name, value))
                case .unknown(let reason): cause = cause ?? reason.cause
                }
            }
            let request = CallRequest(call.function, arguments)
            walk.answers[index] =
                cause.map { .unknown($0) } ?? made.first { $0.request == request }?.answer
        }
        return walk
    }
}
