/// The addresses that names have, who waits for them, and when to ask again.
///
/// An answer that has aged beyond its time is used once more while it is asked for anew, so that a slow
/// name server delays nobody whose host is known. A failed lookup keeps the old answer until that is
/// worth nothing; where there is none, the failure itself is remembered for a moment.
struct AddressBook<Waiter: Equatable> {
    /// What is known of a name.
    enum Answer: Equatable {
        /// Its addresses, in the order in which to try them; `refresh` asks for a lookup.
        case known([IPAddress], refresh: Bool)
        /// The waiter is noted; `lookup` asks for a lookup.
        case waits(lookup: Bool)
        /// The last lookup failed a moment ago.
        case failed
        /// Too many names are being looked up.
        case full
    }

    private struct Entry {
        var addresses: [IPAddress] = []
        /// Until when the answer, or the failure, stands.
        var freshUntil = Duration.zero
        /// Until when aged addresses may be used.
        var usableUntil = Duration.zero
        var isLookedUp = false
        var waiters: [Waiter] = []
    }

    private let ttl: Duration
    private let staleTTL: Duration
    private let failureTTL: Duration
    private let namesMax: Int
    private let lookupsMax: Int
    private var entries: [String: Entry] = [:]
    private var lookupCount = 0

    /// Makes an empty book.
    /// - Parameters:
    ///   - ttl: How long an answer is taken without asking again.
    ///   - staleTTL: How long after that it may still be used.
    ///   - failureTTL: How long a failure is remembered.
    init(
        ttl: Duration, staleTTL: Duration, failureTTL: Duration, namesMax: Int, lookupsMax: Int
    ) {
        self.ttl = ttl
        self.staleTTL = staleTTL
        self.failureTTL = failureTTL
        self.namesMax = namesMax
        self.lookupsMax = lookupsMax
    }

    /// Names that it knows or asks for.
    var nameCount: Int { entries.count }

    /// Asks for the addresses of a name.
    mutating func ask(_ name: String, for waiter: Waiter, at now: Duration) -> Answer {
        let entry = entries[name] ?? Entry()
        if !entry.addresses.isEmpty, now < entry.usableUntil {
            guard now >= entry.freshUntil, !entry.isLookedUp, lookupCount < lookupsMax else {
                return .known(entry.addresses, refresh: false)
            }
            beginLookup(name, entry, waiters: [])
            return .known(entry.addresses, refresh: true)
        }
        if entry.isLookedUp {
            entries[name]?.waiters.append(waiter)
            return .waits(lookup: false)
        }
        if now < entry.freshUntil { return .failed }
        guard lookupCount < lookupsMax, makeRoom(for: name, at: now) else { return .full }
        beginLookup(name, entry, waiters: [waiter])
        return .waits(lookup: true)
    }

    /// Notes what a lookup brought.
    /// - Parameter addresses: Empty if it failed.
    /// - Returns: Those who waited for it, oldest first.
    mutating func learn(_ name: String, _ addresses: [IPAddress], at now: Duration) -> [Waiter] {
        guard var entry = entries[name], entry.isLookedUp else { return [] }
        lookupCount -= 1
        entry.isLookedUp = false
        let waiters = entry.waiters
        entry.waiters = []
        if addresses.isEmpty {
            entry.freshUntil = now + failureTTL
        } else {
            entry.addresses = addresses
            entry.freshUntil = now + ttl
            entry.usableUntil = now + ttl + staleTTL
        }
        entries[name] = entry
        return waiters
    }

    /// Waits no longer; nothing happens to one that does not wait.
    mutating func abandon(_ name: String, _ waiter: Waiter) {
        guard let index = entries[name]?.waiters.firstIndex(of: waiter) else { return }
        entries[name]?.waiters.remove(at: index)
    }

    private mutating func beginLookup(_ name: String, _ entry: Entry, waiters: [Waiter]) {
        var entry = entry
        entry.isLookedUp = true
        entry.waiters = waiters
        entries[name] = entry
        lookupCount += 1
    }

    /// Forgets names until there is room for another: first those that are worth nothing any more, then
    /// any that is not being looked up.
    private mutating func makeRoom(for name: String, at now: Duration) -> Bool {
        guard entries[name] == nil, entries.count >= namesMax else { return true }
        entries = entries.filter { $1.isLookedUp || now < max($1.freshUntil, $1.usableUntil) }
        if entries.count < namesMax { return true }
        guard let victim = entries.first(where: { !$0.value.isLookedUp })?.key else { return false }
        entries[victim] = nil
        return true
    }
}
