public import ArkaModel

/// What a fired rule does.
public enum PlannedAction: Sendable, Hashable {
    /// It gives the transaction a status, with a reason that people read and details for the
    /// reviewer.
    case decide(Kind, reason: OutputValue?, details: OutputValue?)
    /// It calls an action of a plugin.
    case call(PlannedCall)

    /// Which of the built-in actions.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `reject(reason:)`
        case reject
        /// `flag_for_review([reason:])`
        case flagForReview = "flag_for_review"
        /// `require_manual_review(reason:[, details:])`
        case requireManualReview = "require_manual_review"

        /// The status that the decision gets at least.
        public var status: DecisionStatus {
            switch self {
            case .reject: .rejected
            case .flagForReview: .flagged
            case .requireManualReview: .manualReview
            }
        }
    }

    /// The status that the decision gets at least.
    public var status: DecisionStatus {
        switch self {
        case .decide(let kind, _, _): kind.status
        case .call: .compliant
        }
    }
}

/// The call of a plugin's function, with everything that it is given.
public struct PlannedCall: Sendable, Hashable {
    /// An argument.
    public struct Argument: Sendable, Hashable {
        /// The parameter's name.
        public let name: String
        /// What it is given.
        public let value: OutputValue

        /// Makes an argument.
        public init(_ name: String, _ value: OutputValue) {
            self.name = name
            self.value = value
        }
    }

    /// What is called.
    public let function: FunctionSignature
    /// The arguments that the rule gives, in the order of the parameters.
    public let arguments: [Argument]

    /// Makes a call.
    public init(_ function: FunctionSignature, _ arguments: [Argument]) {
        self.function = function
        self.arguments = arguments
    }
}
