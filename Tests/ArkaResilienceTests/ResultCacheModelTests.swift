import Testing

@testable import ArkaResilience

/// Goal: the cache never gives a wrong or an old answer and keeps its bounds, whatever is asked.
/// Method: beside a dictionary with times, under random questions, answers and steps of time.
@Suite struct ResultCacheModelTests {
    private struct Kept {
        let value: Int
        let storedAt: Duration
        let expiresAt: Duration
    }

    @Test(arguments: seeds(30))
    func `a cache that is large enough is a dictionary with times`(seed: UInt64) {
        let capacity = CacheCapacity(entriesMax: 1000, bytesMax: 1 << 24)
        let misses = run(seed: seed, capacity: capacity, isComplete: true)
        #expect(misses == 0, "seed \(seed)")
    }

    @Test(
        arguments: seeds(30),
        [
            CacheCapacity(entriesMax: 8, bytesMax: 1 << 20),
            CacheCapacity(entriesMax: 200, bytesMax: 4096),
            CacheCapacity(entriesMax: 1, bytesMax: 4096),
        ])
    func `a small cache forgets, but what it says is right`(seed: UInt64, capacity: CacheCapacity) {
        let misses = run(seed: seed, capacity: capacity, isComplete: false)
        #expect(misses > 0, "it was small enough to forget something, seed \(seed)")
    }

    /// Returns questions that the dictionary could answer and the cache could not.
    private func run(seed: UInt64, capacity: CacheCapacity, isComplete: Bool) -> Int {
        var random = SeededGenerator(seed: seed)
        var cache = ResultCache<Int>(capacity: capacity)
        var model: [Int: Kept] = [:]
        var now = Duration.zero
        var forgotten = 0
        for step in 0..<600 {
            let question = random.number(0..<60)
            if random.once(in: 25) { now += milliseconds(random.number(0..<3000)) }
            if random.once(in: 2) {
                let ttl = milliseconds(random.number(0..<16_000))
                let isStored = cache.store(
                    step, bytes: random.number(0..<100), for: key(question), ttl: ttl, at: now)
                let kept = Kept(value: step, storedAt: now, expiresAt: now + ttl)
                model[question] = isStored ? kept : nil
            } else {
                let hit = cache.find(key(question), at: now)
                let kept = model[question].flatMap { now < $0.expiresAt ? $0 : nil }
                if hit == nil, kept != nil { forgotten += 1 }
                if let hit {
                    #expect(hit.value == kept?.value, "seed \(seed), step \(step)")
                    #expect(hit.age == kept.map { now - $0.storedAt }, "seed \(seed)")
                    #expect(hit.timeLeft == kept.map { $0.expiresAt - now }, "seed \(seed)")
                }
            }
            cache.checkInvariants()
        }
        let counters = cache.counters
        #expect(!isComplete || counters.evicted == 0)
        return forgotten
    }
}
