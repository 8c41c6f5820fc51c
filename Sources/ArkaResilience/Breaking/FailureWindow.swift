/// Counts calls and failures of the last seconds, in buckets that fall out one at a time.
struct FailureWindow: Sendable {
    struct Bucket: Sendable, Equatable {
        var calls = 0
        var failures = 0
    }

    private let bucketAttoseconds: Int128
    /// The bucket of number `n` stands at `n` modulo their count.
    private var buckets: [Bucket]
    private var newest: Int128 = 0
    private(set) var total = Bucket()

    init(length: Duration) {
        bucketAttoseconds = max(1, length.attoseconds / Int128(ResilienceLimits.breakerBuckets))
        buckets = [Bucket](repeating: Bucket(), count: ResilienceLimits.breakerBuckets)
    }

    /// Counts a call that ended now. A time before the newest one counts as the newest.
    mutating func add(failed: Bool, at now: Duration) {
        move(to: now)
        let failures = failed ? 1 : 0
        buckets[place(of: newest)].calls += 1
        buckets[place(of: newest)].failures += failures
        total.calls += 1
        total.failures += failures
    }

    mutating func clear() {
        for index in buckets.indices { buckets[index] = Bucket() }
        total = Bucket()
    }

    private mutating func move(to now: Duration) {
        let current = now.attoseconds / bucketAttoseconds
        guard current > newest else { return }
        let passed = min(current - newest, Int128(buckets.count))
        for number in (current - passed + 1)...current {
            let place = place(of: number)
            total.calls -= buckets[place].calls
            total.failures -= buckets[place].failures
            buckets[place] = Bucket()
        }
        newest = current
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
