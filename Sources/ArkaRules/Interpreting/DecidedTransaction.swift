public import ArkaModel

/// What became of a transaction under plain evaluation.
public struct DecidedTransaction: Sendable, Hashable {
    /// The most severe of what fired and of what is unknown.
    public let status: DecisionStatus
    /// What each rule says, in the order of the book.
    public let results: [RuleResult]
    /// The actions of the fired rules in order, with everything that they say.
    public let actions: [DecidedAction]
    /// The rules that are unknown and do not ignore it, in the order of the book.
    public let unknown: [RuleResult]
    /// The calls that were made, in the order in which they were asked for; equal ones once.
    public let calls: [MadeCall]
    /// Whether nothing depended on a call, also none that an unknown argument kept from being made.
    public let needsNoCall: Bool

    /// The names of the fired rules, in the order of the book.
    public var fired: [String] { results.filter { $0.truth == .yes }.map(\.rule) }
}

/// An action of a fired rule.
public struct DecidedAction: Sendable, Hashable {
    /// The rule's name.
    public let rule: String
    /// What is done: `reject`, or the path of a plugin's function.
    public let name: String
    /// Why, for people; `nil` where the rule says nothing. Null where it is unknown.
    public let reason: RecordValue?
    /// What a reviewer is given; `nil` where the rule gives nothing.
    public let details: RecordValue?
    /// What a plugin's function is given, in the order of its parameters; unknown values are null.
    public let arguments: [CallRequest.Argument]
}

/// A call and what it came to.
public struct MadeCall: Sendable, Hashable {
    /// What was asked.
    public let request: CallRequest
    /// What came back.
    public let answer: CallAnswer
}
