/// Counts calls and failures of the last seconds, in buckets that fall out one at a time.
struct FailureWindow: Sendable {
    struct Bucket: Sendable, Equatable {
        var calls = 0
        var failures = 0
    }

    private let bucketAttoseconds: Int128
    /// The bucket of number `n` stands at `n` modulo their count.
    private var buckets: [Bucket]
    /// The number of the bucket of now; `nil` before the first call.
    private var newest: Int128?
    private(set) var total = Bucket()

    init(length: Duration) {
        bucketAttoseconds = max(1, length.attoseconds / Int128(ResilienceLimits.breakerBuckets))
        buckets = [Bucket](repeating: Bucket(), count: ResilienceLimits.breakerBuckets)
    }

    /// Counts a call that ended now. A time before the newest one counts as the newest.
    mutating func add(failed: Bool, at now: Duration) {
        let place = place(of: move(to: now))
        let failures = failed ? 1 : 0
        buckets[place].calls += 1
        buckets[place].failures += failures
        total.calls += 1
        total.failures += failures
    }

    mutating func clear() {
        for index in buckets.indices { buckets[index] = Bucket() }
        total = Bucket()
    }

    /// Empties the buckets that time has passed over, and returns the number of the present one.
    private mutating func move(to now: Duration) -> Int128 {
        let current = now.attoseconds / bucketAttoseconds
        let before = newest ?? current
        newest = max(before, current)
        guard current > before else { return before }
        let passed = min(current - before, Int128(buckets.count))
        for number in (current - passed + 1)...current {
            let place = place(of: number)
            total.calls -= buckets[place].calls
            total.failures -= buckets[place].failures
            buckets[place] = Bucket()
        }
        return current
    }

    private func place(of number: Int128) -> Int {
        // Monotonic time may start anywhere, so a number may be negative.
        let count = Int128(buckets.count)
        return Int((number % count + count) % count)
    }

    var sumsAgree: Bool {
        total.calls == buckets.map(\.calls).reduce(0, +)
            && total.failures == buckets.map(\.failures).reduce(0, +)
    }
}
