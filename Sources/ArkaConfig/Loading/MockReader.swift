import ArkaDocuments
import ArkaModel
import ArkaRules

/// Reads what functions answer, and the arguments that documents name.
struct MockReader {
    /// Everything found so far.
    private(set) var diagnostics: [Diagnostic] = []

    /// The causes that a mock may give.
    private static let failures: [UnknownCause] = [
        .callFailed, .timedOut, .breakerOpen, .budgetSpent,
    ]

    /// Reads a mapping from the paths of functions to what they answer.
    mutating func mocks(_ node: YAMLNode?) -> [CallMock] {
        guard let node else { return [] }
        guard case .mapping(let entries) = node.kind else {
            report("mocks are a mapping", expected: "the path of a function, then its answer", node)
            return []
        }
        return entries.flatMap { entry in
            if case .sequence(let items) = entry.value.kind {
                return items.compactMap { conditional(entry, $0) }
            }
            return [mock(entry, nil, entry.value)]
        }
    }

    /// One of several answers: the arguments that it belongs to, and an answer or an error.
    private mutating func conditional(_ function: YAMLEntry, _ node: YAMLNode) -> CallMock? {
        guard case .mapping(let entries) = node.kind else {
            report(
                "one of several answers says what it belongs to",
                expected: "'arguments', and 'answer' or 'error'", node)
            return nil
        }
        for entry in entries where !["arguments", "answer", "error"].contains(entry.key) {
            diagnostics.append(
                Diagnostic(
                    .documentUnknownKey, "unknown key '\(shown(entry.key))'",
                    expected: "one of arguments, answer, error",
                    suggestion: nearName(to: entry.key, among: ["arguments", "answer", "error"]),
                    at: entry.keyPlace))
        }
        func value(_ key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }
        let arguments = value("arguments").map { self.arguments($0) }
        switch (value("answer"), value("error")) {
        case (let answer?, nil):
            return CallMock(
                function: function.key, place: function.keyPlace, arguments: arguments,
                answer: .value(RecordValue(answer)), written: answer)
        case (nil, let error?):
            guard let cause = failure(error) else {
                report("there is no such error", expected: Self.words, error)
                return nil
            }
            return CallMock(
                function: function.key, place: function.keyPlace, arguments: arguments,
                answer: .unknown(cause), written: nil)
        default:
            report("a mock answers or fails", expected: "either 'answer' or 'error'", node)
            return nil
        }
    }

    /// An answer for every call; `error` alone, with a word that names one, is a failure.
    private func mock(
        _ function: YAMLEntry, _ arguments: [CallRequest.Argument]?, _ node: YAMLNode
    ) -> CallMock {
        if case .mapping(let entries) = node.kind, entries.count == 1, entries[0].key == "error",
            let cause = failure(entries[0].value)
        {
            return CallMock(
                function: function.key, place: function.keyPlace, arguments: arguments,
                answer: .unknown(cause), written: nil)
        }
        return CallMock(
            function: function.key, place: function.keyPlace, arguments: arguments,
            answer: .value(RecordValue(node)), written: node)
    }

    private func failure(_ node: YAMLNode) -> UnknownCause? {
        guard case .scalar(let scalar) = node.kind else { return nil }
        return Self.failures.first { $0.word == scalar.text }
    }

    private static var words: String {
        "one of " + failures.map(\.word).joined(separator: ", ")
    }

    /// Reads a mapping from the names of parameters to values.
    mutating func arguments(_ node: YAMLNode?) -> [CallRequest.Argument] {
        guard let node else { return [] }
        guard case .mapping(let entries) = node.kind else {
            report(
                "arguments are a mapping", expected: "the name of a parameter, then a value", node)
            return []
        }
        return entries.map { CallRequest.Argument($0.key, RecordValue($0.value)) }
    }

    private mutating func report(_ message: String, expected: String, _ node: YAMLNode) {
        diagnostics.append(
            Diagnostic(.configRuleTest, message, expected: expected, at: node.place))
    }
}
