/// What a result cache has done since it was made.
public struct CacheCounters: Sendable, Hashable {
    /// Questions that were answered.
    public var hits = 0
    /// Questions that were not, expired ones included.
    public var misses = 0
    /// Questions whose answer was there, but too old.
    public var expired = 0
    /// Answers taken in.
    public var stored = 0
    /// Answers not taken in: they may not be kept, or are too large.
    public var refused = 0
    /// Answers that had to make room for others before they were too old.
    public var evicted = 0

    /// Starts at zero.
    public init() {}
}
