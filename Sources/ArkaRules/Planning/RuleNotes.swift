/// What a rule's attributes say for people and tools; none of it changes a decision.
public struct RuleNotes: Sendable, Hashable {
    /// `priority: 10`, a whole number; larger is more important.
    public var priority: Int?
    /// `severity: "high"`: one of `low`, `medium`, `high`, `critical`.
    public var severity: String?
    /// `tags: ["cards", "velocity"]`, in the order written.
    public var tags: [String]
    /// `description: "…"`
    public var description: String?

    /// Makes notes; a rule without attributes has none.
    public init(
        priority: Int? = nil, severity: String? = nil, tags: [String] = [],
        description: String? = nil
    ) {
        self.priority = priority
        self.severity = severity
        self.tags = tags
        self.description = description
    }
}
