import ArkaConfig
import ArkaModel
import ArkaRules

/// Holds what became of a transaction against what a test wants.
struct RuleTestComparison {
    private let got: DecidedTransaction
    private(set) var differences: [RuleTestDifference] = []

    init(_ got: DecidedTransaction, _ expectation: RuleExpectation) {
        self.got = got
        compare(expectation.status)
        compare(rules: expectation.rules)
        compare(actions: expectation.actions)
        compare(calls: expectation.calls)
        compare(unknown: expectation.unknown)
    }

    private mutating func compare(_ status: Placed<DecisionStatus>?) {
        guard let status, status.value != got.status else { return }
        add("status", status.place, status.value.word, got.status.word)
    }

    private mutating func compare(rules: Placed<[Placed<String>]>?) {
        guard let rules else { return }
        let wanted = rules.value.map(\.value)
        guard Set(wanted) != Set(got.fired) else { return }
        add("rules", rules.place, list(wanted), list(got.fired))
    }

    // MARK: Actions

    private mutating func compare(actions: Placed<[Placed<RuleExpectation.Action>]>?) {
        guard let actions else { return }
        guard actions.value.count == got.actions.count else {
            add(
                "actions", actions.place, lines(actions.value.map { words($0.value) }),
                lines(got.actions.map { words($0, like: nil) }))
            return
        }
        for (wanted, action) in zip(actions.value, got.actions)
        where !matches(action, wanted.value) {
            add("action", wanted.place, words(wanted.value), words(action, like: wanted.value))
        }
    }

    private func matches(_ action: DecidedAction, _ wanted: RuleExpectation.Action) -> Bool {
        (wanted.rule ?? action.rule) == action.rule && (wanted.name ?? action.name) == action.name
            && (wanted.reason ?? action.reason) == action.reason
            && (wanted.details ?? action.details) == action.details
            && Set(wanted.arguments).isSubset(of: Set(action.arguments))
    }

    private func words(_ action: RuleExpectation.Action) -> String {
        words(
            action.rule, action.name, reason: action.reason, details: action.details,
            action.arguments)
    }

    /// As much of an action as the test speaks of; all of it where it speaks of none.
    private func words(_ action: DecidedAction, like wanted: RuleExpectation.Action?) -> String {
        guard let wanted else {
            return words(
                action.rule, action.name, reason: action.reason, details: action.details,
                action.arguments)
        }
        let names = wanted.arguments.map(\.name)
        return words(
            wanted.rule.map { _ in action.rule }, wanted.name.map { _ in action.name },
            reason: wanted.reason.map { _ in action.reason ?? .null },
            details: wanted.details.map { _ in action.details ?? .null },
            action.arguments.filter { names.contains($0.name) })
    }

    private func words(
        _ rule: String?, _ name: String?, reason: RecordValue?, details: RecordValue?,
        _ arguments: [CallRequest.Argument]
    ) -> String {
        let parts = [
            rule.map { "rule: \($0)" }, name.map { "action: \($0)" },
            reason.map { "reason: \($0.jsonText)" }, details.map { "details: \($0.jsonText)" },
            arguments.isEmpty ? nil : "arguments: {\(words(arguments))}",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    // MARK: Calls

    private mutating func compare(calls: Placed<[Placed<RuleExpectation.Call>]>?) {
        guard let calls else { return }
        var rest = got.calls
        var missing: [RuleExpectation.Call] = []
        for wanted in calls.value.map(\.value) {
            if let index = rest.firstIndex(where: { matches($0.request, wanted) }) {
                rest.remove(at: index)
            } else {
                missing.append(wanted)
            }
        }
        guard !missing.isEmpty || !rest.isEmpty else { return }
        add(
            "calls", calls.place,
            lines(calls.value.map { "\($0.value.function)(\(words($0.value.arguments)))" }),
            lines(got.calls.map { "\($0.request.function.path)(\(words($0.request.arguments)))" }))
    }

    private func matches(_ request: CallRequest, _ wanted: RuleExpectation.Call) -> Bool {
        request.function.path == wanted.function
            && Set(wanted.arguments).isSubset(of: Set(request.arguments))
    }

    private func words(_ arguments: [CallRequest.Argument]) -> String {
        arguments.map { "\($0.name): \($0.value.jsonText)" }.joined(separator: ", ")
    }

    // MARK: Unknown

    private mutating func compare(unknown: Placed<[Placed<RuleExpectation.Unknown>]>?) {
        guard let unknown else { return }
        let wanted = unknown.value.map(\.value)
        let isSame =
            wanted.count == got.unknown.count
            && wanted.allSatisfy { wanted in
                got.unknown.contains { result in
                    result.rule == wanted.rule && (wanted.cause ?? result.cause) == result.cause
                }
            }
        guard !isSame else { return }
        add(
            "unknown", unknown.place,
            lines(wanted.map { words($0.rule, $0.cause, field: nil) }),
            lines(got.unknown.map { words($0.rule, $0.cause, field: $0.field) }))
    }

    private func words(_ rule: String, _ cause: UnknownCause?, field: String?) -> String {
        let cause = cause.map { ", cause: \($0.word)" } ?? ""
        return "rule: \(rule)" + cause + (field.map { " (\($0))" } ?? "")
    }

    // MARK: Words

    private func list(_ names: [String]) -> String { "[" + names.joined(separator: ", ") + "]" }

    private func lines(_ texts: [String]) -> String {
        texts.isEmpty ? "none" : texts.joined(separator: "\n")
    }

    private mutating func add(
        _ subject: String, _ place: SourcePlace, _ expected: String, _ got: String
    ) {
        differences.append(
            RuleTestDifference(subject: subject, place: place, expected: expected, got: got))
    }
}
