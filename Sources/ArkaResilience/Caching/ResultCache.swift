/// Keeps answers of plugins' functions for a bounded time, in bounded memory.
///
/// - An answer is given as long as it is younger than the time it was stored with. Reading does not
///   prolong that: what is asked for most would otherwise never be asked again.
/// - An answer is given whatever it holds, nothing included: "no match" is an answer.
/// - Where entries or bytes are full, a clock's hand goes round the entries. It takes the first that
///   is too old or was not read since its last round; having spared 64 that were read, it takes the
///   next. So a hit marks a bit and moves nothing, and storing needs no long round even where
///   everything was read.
///
/// It is a plain value: hold it behind one lock, and keep one copy, since a second makes the next
/// change copy everything. A hit allocates nothing.
public struct ResultCache<Value: Sendable>: Sendable {
    @usableFromInline var directory: CacheDirectory
    /// What the directory's places hold; `nil` at free ones.
    @usableFromInline var values: [Value?] = []

    /// Makes an empty cache.
    /// - Precondition: `capacity` has no ``CacheCapacity/problems``.
    public init(capacity: CacheCapacity = CacheCapacity()) {
        precondition(capacity.problems.isEmpty, "a cache's capacity is checked before it is made")
        directory = CacheDirectory(capacity: capacity)
    }

    /// Looks for an answer that is not too old.
    /// - Parameters:
    ///   - key: What is asked.
    ///   - now: Monotonic time. One that goes back makes no answer older or younger than new.
    @inlinable public mutating func find(_ key: CallKey, at now: Duration) -> CacheHit<Value>? {
        switch directory.find(key, at: now) {
        case .miss: return nil
        case .expired(let place):
            values[place] = nil
            return nil
        case .hit(let place, let age, let timeLeft):
            guard let value = values[place] else { return nil }
            return CacheHit(value: value, age: age, timeLeft: timeLeft)
        }
    }

    /// Stores an answer, in place of an older one to the same question, which goes in any case.
    /// - Parameters:
    ///   - value: The answer of a call that succeeded; failures are not stored.
    ///   - bytes: What it takes in memory, roughly; it is counted against the bound.
    ///   - key: What was asked.
    ///   - ttl: How long it may be given; zero means that it is not stored.
    ///   - now: Monotonic time.
    /// - Returns: Whether it was stored: not with a zero `ttl`, nor if it is too large.
    @discardableResult
    public mutating func store(
        _ value: Value, bytes: Int, for key: CallKey, ttl: Duration, at now: Duration
    ) -> Bool {
        precondition(bytes >= 0 && ttl >= .zero, "sizes and times are not negative")
        if let place = directory.place(of: key) { remove(place) }
        let bytes = directory.cost(of: key, valueBytes: bytes)
        guard ttl > .zero, bytes <= directory.capacity.entryBytesMax else {
            directory.counters.refused += 1
            return false
        }
        while let place = directory.placeToEvict(for: bytes, at: now) { remove(place) }
        put(value, at: directory.insert(key.trimmed(), bytes: bytes, ttl: ttl, at: now))
        checkInvariants()
        return true
    }

    /// Answers that are kept, those included that are too old and not noticed yet.
    public var count: Int { directory.count }

    /// Bytes that count against the bound.
    public var bytes: Int { directory.bytes }

    /// What the cache has done so far.
    public var counters: CacheCounters { directory.counters }

    private mutating func remove(_ place: Int) {
        directory.remove(place)
        values[place] = nil
    }

    private mutating func put(_ value: Value, at place: Int) {
        if place == values.count {
            values.append(value)
        } else {
            values[place] = value
        }
    }
}
