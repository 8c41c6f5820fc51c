import ArkaModel

/// A rule that means something: names resolved, types agreed, `let`s filled in.
///
/// Both the planner and the tree walk start from here.
struct CheckedRule: Sendable {
    let name: String
    /// When it fires.
    let condition: Logic
    let actions: [CheckedAction]
    let onUnknown: OnUnknown
    let notes: RuleNotes
}

/// What a rule does when it fires.
struct CheckedAction: Sendable {
    /// What of it is known without a transaction.
    enum Kind: Sendable {
        case decide(PlannedAction.Kind, reason: Output?, details: Output?)
        /// An action of a plugin.
        case call(CheckedCall)
    }

    let kind: Kind
}

/// The call of a plugin's function.
struct CheckedCall: Sendable, Hashable {
    let function: FunctionSignature
    /// The arguments in the order of the parameters, defaults filled in.
    let arguments: [Argument]

    struct Argument: Sendable, Hashable {
        let name: String
        let value: Output
    }
}
