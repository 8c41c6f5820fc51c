import ArkaStream

/// Which partitions make no progress although they should: a value, told how far they are and what
/// their leaders say.
///
/// ```
/// moves ──5 s at the same place──► quiet ──leader asked──► at its end ──► (asked again)
///   ▲                                │                └──► records wait ──5 s──► stands still
///   └──────────── moves ─────────────┴──no answer, for 5 s──► stands still
/// ```
///
/// librdkafka reports nothing about a partition whose leader is unknown or away: it goes on looking,
/// and no record comes. A partition that moves is never asked about.
struct PartitionWatch: Sendable {
    /// What has changed about a partition.
    enum News: Sendable, Hashable {
        case stands(Int32, reason: String)
        case moves(Int32)
    }

    private struct Entry {
        var next: Int64
        var movedAt: Duration
        var askedAt: Duration?
        /// Since when its leader does not answer, and what is answered in its place.
        var silence: (since: Duration, reason: String)?
        /// Since when records are known to wait, and how many.
        var backlog: (since: Duration, records: Int64)?
        /// A question about many partitions fails as a whole; this one is asked about by itself.
        var isAskedAlone = false
        var isReported = false

        init(next: Int64, at now: Duration) {
            self.next = next
            movedAt = now
        }
    }

    private var entries: [Int32: Entry] = [:]
    private var lookedAt: Duration?

    /// Whether it is time to look where the partitions are.
    mutating func mustLook(at now: Duration) -> Bool {
        if let lookedAt, now - lookedAt < KafkaLimits.partitionLookInterval { return false }
        lookedAt = now
        return true
    }

    /// The partitions that are worked on are there now.
    mutating func look(at positions: [PartitionPosition], _ now: Duration) {
        let gone = Set(entries.keys).subtracting(positions.map(\.partition))
        for partition in gone { entries[partition] = nil }
        for position in positions where entries[position.partition]?.next != position.next {
            let isReported = entries[position.partition]?.isReported ?? false
            var fresh = Entry(next: position.next, at: now)
            fresh.isReported = isReported
            entries[position.partition] = fresh
        }
    }

    /// The partitions whose leaders are to be asked for the end now; usually none.
    func question(at now: Duration) -> [Int32] {
        let due = entries.filter { isDue($0.value, at: now) }
        let alone = due.filter(\.value.isAskedAlone).min {
            ($0.value.askedAt ?? .zero, $0.key) < ($1.value.askedAt ?? .zero, $1.key)
        }
        return alone.map { [$0.key] } ?? due.keys.sorted()
    }

    private func isDue(_ entry: Entry, at now: Duration) -> Bool {
        let interval = KafkaLimits.partitionQuestionInterval
        return now - entry.movedAt >= interval && entry.askedAt.map { now - $0 >= interval } ?? true
    }

    /// The leaders say where these partitions end.
    mutating func didAnswer(_ ends: [PartitionPosition], at now: Duration) {
        for end in ends {
            guard var entry = entries[end.partition] else { continue }
            let records = end.next - entry.next
            entry.backlog = records > 0 ? (entry.backlog?.since ?? now, records) : nil
            entry.silence = nil
            entry.isAskedAlone = false
            entry.askedAt = now
            entries[end.partition] = entry
        }
    }

    /// The leader of at least one of these partitions does not say.
    mutating func didNotAnswer(_ partitions: [Int32], reason: String, at now: Duration) {
        for partition in partitions {
            guard var entry = entries[partition] else { continue }
            if partitions.count > 1 {
                entry.isAskedAlone = true
            } else {
                entry.silence = (entry.silence?.since ?? now, reason)
                entry.askedAt = now
            }
            entries[partition] = entry
        }
    }

    /// What has changed since the last call, by partition.
    mutating func news(at now: Duration) -> [News] {
        var news: [News] = []
        for (partition, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let reason = reason(entry, at: now)
            guard (reason != nil) != entry.isReported else { continue }
            entries[partition]?.isReported = reason != nil
            news.append(reason.map { .stands(partition, reason: $0) } ?? .moves(partition))
        }
        return news
    }

    /// Why a partition stands still; `nil` if it does not, or not for long enough.
    private func reason(_ entry: Entry, at now: Duration) -> String? {
        if let (since, reason) = entry.silence, now - since >= KafkaLimits.standstillAfter {
            return "its leader does not answer (\(reason))"
        }
        if let (since, records) = entry.backlog, now - since >= KafkaLimits.standstillAfter {
            return "\(records) records wait, and none was decided meanwhile"
        }
        return nil
    }
}
