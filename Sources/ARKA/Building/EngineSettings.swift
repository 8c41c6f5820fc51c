public import ArkaModel

/// What an engine goes by besides its rules and plugins.
public struct EngineSettings: Sendable, Hashable {
    /// What decisions call the rule book and the source of transactions.
    public var name: String
    /// What rules read as `context.jurisdiction`; `nil` leaves it unknown.
    public var jurisdiction: String?
    /// The JSON Schema of transactions: rules are checked against it, and transactions that break it are
    /// not decided. `nil` takes any object.
    public var schema: EngineText?
    /// What becomes of transactions where a rule is unknown that does not say it itself; `nil` for
    /// ``ArkaModel/OnUnknown/review``, and rules that read what may be absent must say it.
    public var onUnknown: OnUnknown?
    /// The longest that a decision waits for all its calls; those of functions with
    /// `whenUnavailable: .hold` excepted.
    public var decisionBudget: Duration
    /// Threads that decide, at least 1. Calls that are out do not keep one busy; functions that answer at
    /// once do.
    public var lanes: Int

    /// Makes settings.
    public init(
        name: String = "arka", jurisdiction: String? = nil, schema: EngineText? = nil,
        onUnknown: OnUnknown? = nil, decisionBudget: Duration = .seconds(1), lanes: Int = 1
    ) {
        self.name = name
        self.jurisdiction = jurisdiction
        self.schema = schema
        self.onUnknown = onUnknown
        self.decisionBudget = decisionBudget
        self.lanes = lanes
    }
}
