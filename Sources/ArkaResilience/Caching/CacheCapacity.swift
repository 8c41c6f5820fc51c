/// How much a result cache keeps.
public struct CacheCapacity: Sendable, Hashable {
    /// Answers at most.
    public var entriesMax: Int
    /// Bytes at most: keys, values and what entries cost beside them.
    public var bytesMax: Int

    /// Makes a capacity.
    public init(
        entriesMax: Int = ResilienceLimits.cacheEntriesDefault,
        bytesMax: Int = ResilienceLimits.cacheBytesDefault
    ) {
        self.entriesMax = entriesMax
        self.bytesMax = bytesMax
    }

    /// Bytes that one answer may take: a sixteenth, so that none empties the cache for itself.
    public var entryBytesMax: Int { bytesMax / ResilienceLimits.cacheEntryShare }

    /// What of it cannot be; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        check.require(entriesMax, in: 1...ResilienceLimits.cacheEntriesMax, "cache.max_entries")
        check.require(bytesMax, in: 4096...(1 << 40), "cache.max_bytes")
        return check.problems
    }
}
