public import ArkaModel

/// A part of a rule with what it comes to for one transaction.
public struct Explanation: Sendable, Hashable {
    /// What a part comes to.
    public enum Outcome: Sendable, Hashable {
        /// A condition holds, or does not.
        case truth(Bool)
        /// A value.
        case value(RecordValue)
        /// Neither: the cause, and the field that has it, where it is one.
        case unknown(UnknownCause, field: String?)
    }

    /// The part as a rule writes it, with its `let`s filled in.
    public let text: String
    /// What it comes to.
    public let outcome: Outcome
    /// What it is made of, in the order written; constants are left out.
    public let parts: [Explanation]

    /// Makes an explanation.
    public init(_ text: String, _ outcome: Outcome, _ parts: [Explanation] = []) {
        self.text = text
        self.outcome = outcome
        self.parts = parts
    }
}

/// A rule with what it comes to for one transaction, part by part.
public struct RuleExplanation: Sendable, Hashable {
    /// What the rule says.
    public let result: RuleResult
    /// What becomes of the transaction where the rule is unknown.
    public let onUnknown: OnUnknown
    /// When it fires.
    public let condition: Explanation
    /// Its actions as they would come out, whether it fired or not.
    public let actions: [DecidedAction]
}
