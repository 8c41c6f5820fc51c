/// Where a result cache's answers are: keys, times, sizes and the clock's hand, without the answers.
///
/// Entries live at places that do not move. A table with open addressing leads from a hash to a
/// place: each word of it holds half of the hash and the place, so that a wrong candidate is seldom
/// looked at. The table is at most half full and deletion closes the gap it leaves, so there are no
/// markers that slow it down with time.
@usableFromInline
struct CacheDirectory: Sendable {
    struct Entry: Sendable {
        var key: CallKey
        var storedAt: Duration
        var expiresAt: Duration
        var bytes: Int
        var isTaken: Bool
        /// Read since the hand came by.
        var isUsed: Bool
    }

    @usableFromInline enum Lookup {
        case miss
        case expired(place: Int)
        case hit(place: Int, age: Duration, timeLeft: Duration)
    }

    let capacity: CacheCapacity
    private(set) var entries: [Entry] = []
    private(set) var freePlaces: [Int] = []
    private(set) var table: CacheTable
    private var hand = 0
    private(set) var count = 0
    private(set) var bytes = 0
    var counters = CacheCounters()

    init(capacity: CacheCapacity) {
        self.capacity = capacity
        table = CacheTable(slotCount: 16)
    }

    // MARK: Finding

    @usableFromInline
    mutating func find(_ key: CallKey, at now: Duration) -> Lookup {
        guard let place = place(of: key) else {
            counters.misses += 1
            return .miss
        }
        let timeLeft = entries[place].expiresAt - now
        if timeLeft <= .zero {
            counters.misses += 1
            counters.expired += 1
            remove(place)
            return .expired(place: place)
        }
        counters.hits += 1
        entries[place].isUsed = true
        return .hit(
            place: place, age: max(.zero, now - entries[place].storedAt), timeLeft: timeLeft)
    }

    func place(of key: CallKey) -> Int? {
        var slot = table.home(of: key.hash)
        while let candidate = table.candidate(at: slot) {
            if candidate.mayBe(key.hash), entries[candidate.place].key == key {
                return candidate.place
            }
            slot = table.next(after: slot)
        }
        return nil
    }

    // MARK: Changing

    /// What an entry counts against the bound.
    func cost(of key: CallKey, valueBytes: Int) -> Int {
        let (sum, overflows) = valueBytes.addingReportingOverflow(
            key.byteCount + ResilienceLimits.cacheEntryOverheadBytes)
        return overflows ? .max : sum
    }

    /// Takes in a key that is not there, and says at which place.
    mutating func insert(_ key: CallKey, bytes: Int, ttl: Duration, at now: Duration) -> Int {
        let entry = Entry(
            key: key, storedAt: now, expiresAt: now + ttl, bytes: bytes, isTaken: true,
            isUsed: false)
        let place = freePlaces.popLast() ?? entries.count
        if place == entries.count { entries.append(entry) } else { entries[place] = entry }
        count += 1
        self.bytes += bytes
        counters.stored += 1
        if count * 2 > table.slotCount { growTable() } else { table.insert(key.hash, place) }
        return place
    }

    mutating func remove(_ place: Int) {
        precondition(entries[place].isTaken, "a place is given up once")
        table.remove(entries[place].key.hash, place) { entries[$0].key.hash }
        bytes -= entries[place].bytes
        count -= 1
        // The key's memory goes back now, not when the place is taken again.
        entries[place].key = CallKey(words: [], hash: 0)
        entries[place].isTaken = false
        freePlaces.append(place)
    }

    private mutating func growTable() {
        var larger = CacheTable(slotCount: table.slotCount * 2)
        for (place, entry) in entries.enumerated() where entry.isTaken {
            larger.insert(entry.key.hash, place)
        }
        table = larger
    }

    // MARK: Making room

    /// The place to give up so that an entry of `bytes` fits; `nil` if it does.
    mutating func placeToEvict(for bytes: Int, at now: Duration) -> Int? {
        if count < capacity.entriesMax, self.bytes + bytes <= capacity.bytesMax { return nil }
        precondition(count > 0, "an entry that is allowed fits into an empty cache")
        var spared = 0
        while true {
            let place = hand
            hand = hand + 1 == entries.count ? 0 : hand + 1
            guard entries[place].isTaken else { continue }
            if entries[place].expiresAt <= now { return place }
            if !entries[place].isUsed || spared == ResilienceLimits.cacheHandStepsMax {
                counters.evicted += 1
                return place
            }
            entries[place].isUsed = false
            spared += 1
        }
    }
}
