public import ArkaModel

/// What an engine says of a transaction.
public struct Decision: Sendable, Hashable {
    /// What a fired rule did.
    public struct Action: Sendable, Hashable {
        /// The rule.
        public let rule: String
        /// `reject`, `flag_for_review`, `require_manual_review`, or the path of a plugin's action, which
        /// nobody has carried out.
        public let name: String
        /// The reason that the rule gives.
        public let reason: String?
        /// What else it gives, as JSON text.
        public let details: String?
    }

    /// A rule that was neither true nor false.
    public struct UnknownRule: Sendable, Hashable {
        /// The rule.
        public let name: String
        /// Why it is unknown.
        public let cause: UnknownCause
        /// The field or call and the cause, for people.
        public let error: String
    }

    /// A call of a plugin's function that the decision needed.
    public struct Call: Sendable, Hashable {
        /// The function, such as `sanctions_list.check_sanctions`.
        public let function: String
        /// `answered`, `cached`, `failed`, `timeout`, `open` or `skipped`.
        public let outcome: String
        /// How old an answer from the cache was.
        public let age: Duration?
        /// Why there is no answer, for people.
        public let error: String?
        /// What the function warned of.
        public let warnings: [String]
    }

    /// The most severe of what fired rules ask for, and of what becomes of unknown ones.
    public let status: DecisionStatus
    /// The rules that fired and act, in the order of the rule files.
    public let rules: [String]
    /// What they do, in order.
    public let actions: [Action]
    /// The rules that are unknown, except those that ignore it, in order.
    public let unknown: [UnknownRule]
    /// The calls that it needed, in order, equal ones once.
    public let calls: [Call]
    /// Whether a call that it needed has no answer.
    public let isDegraded: Bool
    /// The decision as JSON text, as `config/schema/arka.decision-1.schema.json` has it.
    public let json: String
}
