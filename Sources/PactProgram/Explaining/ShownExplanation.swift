import ArkaModel
import ArkaRules

/// What rules make of a transaction, as people read it.
struct ShownExplanation {
    let decision: DecidedTransaction
    let rules: [RuleExplanation]
    /// Whether each rule is shown part by part.
    let isDetailed: Bool

    var text: String {
        var lines = rules.flatMap { rule in
            isDetailed ? detailed(rule) : [short(rule)]
        }
        if !isDetailed {
            lines += decision.actions.map { "action: " + words($0) }
            lines += decision.calls.map { call in
                "call: \(call.request.words) → \(words(call.answer))"
            }
        }
        lines.append("status: \(decision.status.word)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A rule in one line.
    private func short(_ rule: RuleExplanation) -> String {
        "\(rule.result.rule): \(words(rule))"
    }

    /// A rule with its parts, each below what it is a part of, and its actions.
    private func detailed(_ rule: RuleExplanation) -> [String] {
        ["\(rule.result.rule): \(words(rule))"] + lines(rule.condition, depth: 1)
            + rule.actions.map { "  then \(words($0))" }
    }

    private func lines(_ part: Explanation, depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        return ["\(indent)\(part.text) → \(words(part.outcome, of: part.text))"]
            + part.parts.flatMap { lines($0, depth: depth + 1) }
    }

    // MARK: Words

    private func words(_ rule: RuleExplanation) -> String {
        switch rule.result.truth {
        case .yes: return "fires"
        case .no: return "does not fire"
        case .unknown:
            let field = rule.result.field.map { " (\($0))" } ?? ""
            let cause = rule.result.cause?.word ?? ""
            return "unknown: \(cause)\(field), on_unknown: \(rule.onUnknown.rawValue)"
        }
    }

    /// A field that is unknown itself need not be named again.
    private func words(_ outcome: Explanation.Outcome, of part: String) -> String {
        switch outcome {
        case .truth(let value): value ? "true" : "false"
        case .value(let value): shownValue(value)
        case .unknown(let cause, let field):
            "unknown: \(cause.word)" + (field.map { $0 == part ? "" : " (\($0))" } ?? "")
        }
    }

    private func words(_ answer: CallAnswer) -> String {
        switch answer {
        case .value(let value): shownValue(value)
        case .unknown(let cause): "unknown: \(cause.word)"
        }
    }

    private func words(_ action: DecidedAction) -> String {
        let arguments =
            [
                action.reason.map { "reason: \(shownValue($0))" },
                action.details.map { "details: \(shownValue($0))" },
            ].compactMap(\.self)
            + action.arguments.map { "\($0.name): \(shownValue($0.value))" }
        return "\(action.name)(\(arguments.joined(separator: ", ")))"
    }
}

/// A value as JSON, without what could drive a terminal, and cut where it is long.
private func shownValue(_ value: RecordValue) -> String {
    let charactersMax = 240
    let text = value.jsonText
    let scalars = text.unicodeScalars.prefix(charactersMax + 1).map { scalar in
        scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
    }
    let isCut = scalars.count > charactersMax
    return String(String.UnicodeScalarView(scalars.prefix(charactersMax))) + (isCut ? "…" : "")
}

extension CallRequest {
    /// The call as a rule writes it, with the values that it was given.
    fileprivate var words: String {
        let arguments = arguments.map { "\($0.name): \(shownValue($0.value))" }
        return "\(function.path)(\(arguments.joined(separator: ", ")))"
    }
}
