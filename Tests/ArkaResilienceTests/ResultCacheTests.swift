import Testing

@testable import ArkaResilience

@Suite struct ResultCacheTests {
    private func cache(
        entries: Int = 100, bytes: Int = 1 << 20
    ) -> ResultCache<[Int]> {
        ResultCache(capacity: CacheCapacity(entriesMax: entries, bytesMax: bytes))
    }

    @Test func `an answer is given until its time is over, with its age`() throws {
        var cache = cache()
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(10), at: seconds(100))
        let found = cache.find(key(1), at: seconds(104))
        let hit = try #require(found)
        #expect(hit.value == [1])
        #expect(hit.age == seconds(4))
        #expect(hit.timeLeft == seconds(6))
        #expect(cache.find(key(1), at: seconds(110) - .nanoseconds(1)) != nil)
        #expect(cache.find(key(1), at: seconds(110)) == nil)
        #expect(cache.count == 0)
        #expect(cache.counters.hits == 2)
        #expect(cache.counters.misses == 1)
        #expect(cache.counters.expired == 1)
    }

    @Test func `reading does not prolong an answer's time`() {
        var cache = cache()
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(10), at: .zero)
        for second in 0..<10 { #expect(cache.find(key(1), at: seconds(second)) != nil) }
        #expect(cache.find(key(1), at: seconds(10)) == nil)
    }

    @Test func `an empty answer is a hit`() throws {
        var cache = cache()
        cache.store([], bytes: 0, for: key(1), ttl: seconds(10), at: .zero)
        #expect(cache.find(key(1), at: .zero)?.value == [])
        var optional = ResultCache<Int?>()
        optional.store(nil, bytes: 0, for: key(1), ttl: seconds(10), at: .zero)
        let found = optional.find(key(1), at: .zero)
        let hit = try #require(found)
        #expect(hit.value == nil)
    }

    @Test func `with a time of zero nothing is stored, and an older answer goes`() {
        var cache = cache()
        #expect(cache.store([1], bytes: 8, for: key(1), ttl: .zero, at: .zero) == false)
        #expect(cache.find(key(1), at: .zero) == nil)
        #expect(cache.counters.refused == 1)
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(9), at: .zero)
        cache.store([2], bytes: 8, for: key(1), ttl: .zero, at: .zero)
        #expect(cache.find(key(1), at: .zero) == nil)
    }

    @Test func `a new answer takes the place and the time of the old one`() {
        var cache = cache()
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(100), at: .zero)
        cache.store([2], bytes: 8, for: key(1), ttl: seconds(5), at: seconds(1))
        #expect(cache.count == 1)
        #expect(cache.find(key(1), at: seconds(5))?.value == [2])
        #expect(cache.find(key(1), at: seconds(6)) == nil)
    }

    @Test func `each answer has a time of its own`() {
        var cache = cache()
        for number in 1...5 {
            cache.store([number], bytes: 8, for: key(number), ttl: seconds(number), at: .zero)
        }
        for number in 1...5 {
            #expect((cache.find(key(number), at: seconds(3)) != nil) == (number > 3))
        }
    }

    @Test func `entries are bounded, and what was read stays longer`() {
        var cache = cache(entries: 4)
        for number in 1...4 {
            cache.store([number], bytes: 8, for: key(number), ttl: seconds(99), at: .zero)
        }
        #expect(cache.find(key(1), at: .zero) != nil)
        #expect(cache.find(key(3), at: .zero) != nil)
        cache.store([5], bytes: 8, for: key(5), ttl: seconds(99), at: .zero)
        cache.store([6], bytes: 8, for: key(6), ttl: seconds(99), at: .zero)
        #expect(cache.count == 4)
        #expect(cache.counters.evicted == 2)
        let left = (1...6).filter { cache.find(key($0), at: .zero) != nil }
        #expect(left == [1, 3, 5, 6])
    }

    @Test func `what is too old makes room before anything else`() {
        var cache = cache(entries: 3)
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(50), at: .zero)
        cache.store([2], bytes: 8, for: key(2), ttl: seconds(1), at: .zero)
        cache.store([3], bytes: 8, for: key(3), ttl: seconds(50), at: .zero)
        #expect(cache.find(key(1), at: .zero) != nil)
        #expect(cache.find(key(2), at: .zero) != nil)
        cache.store([4], bytes: 8, for: key(4), ttl: seconds(50), at: seconds(2))
        #expect(cache.counters.evicted == 0)
        #expect(cache.find(key(1), at: seconds(2)) != nil)
        #expect(cache.find(key(3), at: seconds(2)) != nil)
    }

    @Test func `bytes are bounded, keys and entries included`() {
        var cache = cache(entries: 10_000, bytes: 16_384)
        for number in 0..<300 {
            cache.store([number], bytes: 100, for: key(number), ttl: seconds(9), at: .zero)
            #expect(cache.bytes <= 16_384)
        }
        let cost = 100 + key(100).byteCount + ResilienceLimits.cacheEntryOverheadBytes
        #expect(cache.count == 16_384 / cost)
    }

    @Test func `an answer that would empty the cache is not stored`() {
        var cache = cache(bytes: 16_384)
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(9), at: .zero)
        #expect(
            cache.store([2], bytes: 16_384 / 16, for: key(2), ttl: seconds(9), at: .zero) == false)
        #expect(cache.store([2], bytes: .max, for: key(2), ttl: seconds(9), at: .zero) == false)
        #expect(cache.find(key(1), at: .zero) != nil)
        #expect(cache.counters.refused == 2)
    }

    @Test func `a time that goes back makes nothing younger than new`() {
        var cache = cache()
        cache.store([1], bytes: 8, for: key(1), ttl: seconds(9), at: seconds(50))
        #expect(cache.find(key(1), at: seconds(49))?.age == .zero)
    }

    @Test func `keys that meet in one slot are told apart`() {
        let same = (0..<40).map { CallKey(words: [UInt64($0)], hash: 5) }
        var cache = cache()
        for (number, key) in same.enumerated() {
            cache.store([number], bytes: 1, for: key, ttl: seconds(9), at: .zero)
        }
        for number in stride(from: 0, to: 40, by: 3) {
            cache.store([number], bytes: 1, for: same[number], ttl: .zero, at: .zero)
        }
        for (number, key) in same.enumerated() {
            #expect(cache.find(key, at: .zero)?.value == (number % 3 == 0 ? nil : [number]))
        }
    }
}
