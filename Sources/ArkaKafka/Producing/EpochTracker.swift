/// Which sent records have been acknowledged, counted by epoch: at-least-once delivery commits an
/// epoch's positions when all of its records are safe.
///
/// An epoch is what a lane sends between two commits. Sending goes on while the epoch before is
/// waited for, so at most two are open.
struct EpochTracker: Sendable {
    /// The epoch that sends belong to now.
    private(set) var current = 1
    /// Records on their way, by epoch; none at zero.
    private var outstanding: [Int: Int] = [:]
    /// Epochs with a record that could not be delivered.
    private var failed: Set<Int> = []
    /// The last epoch that was thrown away: nothing up to it can be committed any more.
    private var discarded = 0

    /// Records on their way.
    var outstandingCount: Int { outstanding.values.reduce(0, +) }

    /// Records are about to be sent.
    /// - Returns: The epoch that they belong to.
    mutating func willSend(_ count: Int) -> Int {
        if count > 0 { outstanding[current, default: 0] += count }
        return current
    }

    /// Records were not taken by the producer after all.
    mutating func didNotSend(_ count: Int, epoch: Int) {
        if count > 0 { settle(count, epoch: epoch) }
    }

    /// The broker answered about records of an epoch.
    mutating func didAnswer(_ count: Int, epoch: Int, failures: Int) {
        guard outstanding[epoch] != nil else { return }
        if failures > 0 { failed.insert(epoch) }
        settle(count, epoch: epoch)
    }

    private mutating func settle(_ count: Int, epoch: Int) {
        guard let before = outstanding[epoch] else { return }
        assert(before >= count, "answered more often than sent")
        outstanding[epoch] = before > count ? before - count : nil
    }

    /// Closes the current epoch.
    /// - Returns: Its number.
    mutating func seal() -> Int {
        defer { current += 1 }
        return current
    }

    /// How an epoch stands.
    enum Standing: Sendable, Hashable {
        /// Records are on their way.
        case open(Int)
        /// All are safe.
        case delivered
        /// At least one is not.
        case failed
    }

    /// How the epochs up to this one stand; a failure shows at once.
    func standing(through epoch: Int) -> Standing {
        if epoch <= discarded || failed.contains(where: { $0 <= epoch }) { return .failed }
        let count = outstanding.reduce(0) { $1.key <= epoch ? $0 + $1.value : $0 }
        return count == 0 ? .delivered : .open(count)
    }

    /// Forgets everything: the producer is empty or gone. Answers about earlier epochs that still
    /// come are ignored, and a commit of one of them fails.
    mutating func reset() {
        discarded = current
        outstanding.removeAll()
        failed.removeAll()
        current += 1
    }
}
