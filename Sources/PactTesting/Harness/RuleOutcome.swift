import ArkaModel
import ArkaRules

/// What rules came to in a test.
public struct RuleOutcome: Sendable, Hashable {
    /// `compliant`, `flagged`, `manual_review` or `rejected`.
    public let status: String
    /// The rules that fired, in their order.
    public let rules: [String]
    /// What they do, in order: `reject` and its kin, or the path of a plugin's function. Nothing is
    /// carried out.
    public let actions: [String]
    /// The rules that are unknown, each with the cause.
    public let unknown: [String: String]
    /// The functions that were called, in order.
    public let calls: [String]

    init(_ decided: DecidedTransaction) {
        status = decided.status.word
        rules = decided.fired
        actions = decided.actions.map(\.name)
        let causes = decided.unknown.map { ($0.rule, $0.cause?.word ?? "") }
        unknown = Dictionary(causes) { first, _ in first }
        calls = decided.calls.map(\.request.function.path)
    }
}

/// What is wrong with rules under test.
public struct RuleProblems: Error, Hashable, CustomStringConvertible {
    /// Everything, each with its line and a caret.
    public let description: String
}
