public import ArkaText

/// A pattern of a rule; equal patterns are equal whoever compiled them.
public struct RulePattern: Sendable, Hashable {
    /// The compiled pattern.
    public let pattern: TextPattern

    /// Wraps a compiled pattern.
    public init(_ pattern: TextPattern) {
        self.pattern = pattern
    }

    /// Whether both were compiled from the same text.
    public static func == (a: RulePattern, b: RulePattern) -> Bool {
        a.pattern.source == b.pattern.source
    }

    /// Feeds the text of the pattern.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(pattern.source)
    }
}
