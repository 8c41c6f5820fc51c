public import ArkaModel
public import ArkaRules

/// Something that a document says, and where.
public struct Placed<Value: Sendable>: Sendable {
    /// What it says.
    public var value: Value
    /// Where it stands.
    public var place: SourcePlace

    /// Puts a value in its place.
    public init(_ value: Value, at place: SourcePlace) {
        self.value = value
        self.place = place
    }
}

/// What must become of a tested transaction; what is `nil` may be anything.
public struct RuleExpectation: Sendable {
    /// The status of the decision.
    public var status: Placed<DecisionStatus>?
    /// The rules that fire, and no others, in any order.
    public var rules: Placed<[Placed<String>]>?
    /// The actions that come out, and no others, in order.
    public var actions: Placed<[Placed<Action>]>?
    /// The calls that are made, and no others, in any order.
    public var calls: Placed<[Placed<Call>]>?
    /// The rules that are unknown and do not ignore it, and no others, in any order.
    public var unknown: Placed<[Placed<Unknown>]>?
    /// Why the record cannot be decided at all.
    public var deadLetter: Placed<DeadLetter>?

    /// What is said of an action; what is `nil` may be anything.
    public struct Action: Sendable, Hashable {
        /// The rule that acts.
        public var rule: String?
        /// `reject` and its kin, or the path of a plugin's function.
        public var name: String?
        /// The reason.
        public var reason: RecordValue?
        /// The details.
        public var details: RecordValue?
        /// Some arguments; others may be given too.
        public var arguments: [CallRequest.Argument]
    }

    /// What is said of a call.
    public struct Call: Sendable, Hashable {
        /// The function's path.
        public var function: String
        /// Some arguments; others may be given too.
        public var arguments: [CallRequest.Argument]
    }

    /// What is said of a rule that is unknown.
    public struct Unknown: Sendable, Hashable {
        /// The rule.
        public var rule: String
        /// The cause; `nil` for any.
        public var cause: UnknownCause?
    }

    /// What is said of a dead letter.
    public struct DeadLetter: Sendable, Hashable {
        /// Its code.
        public var code: String
        /// The path of its first fault.
        public var path: String
    }
}
