import ArkaConfig
import ArkaEvaluate
import ArkaModel
import ArkaRules

extension Decision {
    /// A transaction's own levels, and those around what an action repeats of it.
    private static let depthMax = Limits.nestingMax + 3

    /// Reads what the engine wrote.
    init(_ status: DecisionStatus, json bytes: [UInt8]) {
        let source = SourceText(name: "decision", utf8: bytes)
        // It repeats what its transaction holds, which is the sender's: the bounds are the evaluation's.
        guard let decision = readRecord(source, depthMax: Self.depthMax).value else {
            preconditionFailure("what the engine writes is JSON")
        }
        self.status = status
        actions = decision.elements("actions").map { Action($0) }
        unknown = decision.elements("unknown").map { UnknownRule($0) }
        calls = decision.elements("calls").map { Call($0) }
        isDegraded = decision.member("degraded") == .boolean(true)
        json = String(decoding: bytes, as: UTF8.self)
        var names: [String] = []
        for action in actions where names.last != action.rule { names.append(action.rule) }
        rules = names
    }
}

extension Decision.Action {
    fileprivate init(_ value: RecordValue) {
        rule = value.text("rule") ?? ""
        name = value.text("action") ?? ""
        reason = value.text("reason")
        details = value.member("details")?.jsonText
    }
}

extension Decision.UnknownRule {
    fileprivate init(_ value: RecordValue) {
        let word = value.text("cause")
        guard let cause = UnknownCause.allCases.first(where: { $0.word == word }) else {
            preconditionFailure("the engine writes causes that there are")
        }
        name = value.text("rule") ?? ""
        self.cause = cause
        error = value.text("error") ?? ""
    }
}

extension Decision.Call {
    fileprivate init(_ value: RecordValue) {
        function = value.text("function") ?? ""
        outcome = value.text("outcome") ?? ""
        age = value.text("age_ms").flatMap { Int64($0) }.map { .milliseconds($0) }
        error = value.text("error")
        warnings = value.elements("warnings").map(\.plainText)
    }
}

extension RecordValue {
    fileprivate func member(_ name: String) -> RecordValue? {
        guard case .object(let members) = self else { return nil }
        return members[Array(name.utf8)]
    }

    fileprivate func text(_ name: String) -> String? { member(name)?.plainText }

    fileprivate func elements(_ name: String) -> [RecordValue] {
        guard case .array(let elements)? = member(name) else { return [] }
        return elements
    }
}
