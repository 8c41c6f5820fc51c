import ArkaConfig
import ArkaJSON
import ArkaModel
import ArkaRules

/// What two evaluations of a transaction must agree on, as lines that people can compare.
struct DecisionDigest: Hashable {
    /// Status, actions and unknown rules, one a line.
    let lines: [String]

    /// What the interpreter came to.
    init(_ decision: DecidedTransaction) {
        lines =
            ["status \(decision.status.word)"]
            + decision.actions.map { action in
                Self.action(
                    rule: action.rule, name: action.name, reason: action.reason?.jsonText,
                    details: action.details?.jsonText)
            }
            + decision.unknown.map { result in
                Self.unknown(rule: result.rule, cause: result.cause?.word ?? "")
            }
    }

    /// What the engine wrote.
    init(json bytes: [UInt8]) {
        let source = SourceText(name: "decision", utf8: bytes)
        guard case .object(let members)? = readRecord(source).value else {
            lines = ["no JSON: " + shown(String(decoding: bytes, as: UTF8.self))]
            return
        }
        let decision = RecordValue.object(members)
        lines =
            ["status \(decision.text("status"))"]
            + decision.elements("actions").map { action in
                Self.action(
                    rule: action.text("rule"), name: action.text("action"),
                    reason: action.member("reason")?.jsonText,
                    details: action.member("details")?.jsonText)
            }
            + decision.elements("unknown").map { rule in
                Self.unknown(rule: rule.text("rule"), cause: rule.text("cause"))
            }
    }

    private static func action(
        rule: String, name: String, reason: String?, details: String?
    ) -> String {
        // Null is what an evaluation may leave out.
        let reason = reason.flatMap { $0 == "null" ? nil : " reason " + $0 } ?? ""
        let details = details.flatMap { $0 == "null" ? nil : " details " + $0 } ?? ""
        return "rule \(rule): \(name)" + reason + details
    }

    private static func unknown(rule: String, cause: String) -> String {
        "rule \(rule): unknown, \(cause)"
    }
}

extension RecordValue {
    fileprivate func member(_ name: String) -> RecordValue? {
        guard case .object(let members) = self else { return nil }
        return members[Array(name.utf8)]
    }

    fileprivate func text(_ name: String) -> String {
        member(name)?.plainText ?? ""
    }

    fileprivate func elements(_ name: String) -> [RecordValue] {
        guard case .array(let elements)? = member(name) else { return [] }
        return elements
    }
}
