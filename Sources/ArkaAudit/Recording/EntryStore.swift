import ArkaStream
import PactPlugins

/// Entries from when they are logged until their transaction is committed: a value.
///
/// ```
///   add ──► of a partition that a lane owns: waits for its record to leave
///      └──► of no record, or of a partition that went away: waits for any record to leave
///               │ take
///               ▼
///           in flight ── didCommit, or a tail shows it ──► forgotten
///               └─────── a tail does not show it ────────► waits again, late
/// ```
struct EntryStore: Sendable {
    /// What chains are called.
    let origin: AuditOrigin
    let limits: Limits
    private var waiting: [Int32: [PreparedEntry]] = [:]
    /// Entries that any transaction may take along.
    private var loose: [PreparedEntry] = []
    private var lanes: [Int: LaneEntries] = [:]
    private var owners: [Int32: Int] = [:]
    /// Entries that wait, those in flight not among them.
    private(set) var waitingCount = 0
    /// All entries, and their bytes.
    private(set) var count = 0
    private(set) var byteCount = 0

    /// How much may be in the store.
    struct Limits: Sendable {
        var entries = AuditLimits.entriesMax
        var bytes = AuditLimits.bytesMax
    }

    init(origin: AuditOrigin, limits: Limits = Limits()) {
        self.origin = origin
        self.limits = limits
    }

    // MARK: Adding

    /// Takes an entry over.
    /// - Returns: False if there is no room.
    mutating func add(_ entry: PreparedEntry) -> Bool {
        guard count < limits.entries, byteCount + entry.byteCount <= limits.bytes else {
            return false
        }
        count += 1
        byteCount += entry.byteCount
        put(entry)
        return true
    }

    private mutating func put(_ entry: PreparedEntry) {
        waitingCount += 1
        queue(entry)
    }

    private mutating func queue(_ entry: PreparedEntry) {
        if let place = entry.place, owners[place.partition] != nil {
            waiting[place.partition, default: []].append(entry)
        } else {
            loose.append(entry)
        }
    }

    private mutating func putLate(_ entry: PreparedEntry) {
        var entry = entry
        entry.isLate = true
        put(entry)
    }

    private mutating func forget(_ entry: PreparedEntry) {
        count -= 1
        byteCount -= entry.byteCount
    }

    // MARK: Partitions

    /// See ``ArkaStream/AuditTrail/resume(lane:_:)``; `heads` are those of the tails.
    mutating func resume(lane: Int, _ heads: [Int32: ChainHead]) {
        let before = lanes[lane] ?? LaneEntries()
        if Set(before.chains.keys) != Set(heads.keys) { letGo(of: lane) }
        var next = LaneEntries()
        for (partition, head) in heads {
            owners[partition] = lane
            next.chains[partition] = AuditChain(origin.chain(of: partition), after: head)
        }
        lanes[lane] = next
        for (partition, entries) in before.inFlight {
            settle(entries, by: heads[partition] ?? .start)
        }
        for entry in takeLoose() { queue(entry) }
    }

    /// What stands up to a tail that is one of ours is committed.
    private mutating func settle(_ entries: [InFlightEntry], by head: ChainHead) {
        let last = entries.lastIndex { $0.head == head }
        for (index, sent) in entries.enumerated() {
            if let last, index <= last { forget(sent.entry) } else { putLate(sent.entry) }
        }
    }

    /// See ``ArkaStream/AuditTrail/release(lane:)``.
    mutating func release(lane: Int) {
        guard let gone = lanes[lane] else { return }
        letGo(of: lane)
        lanes[lane] = nil
        for partition in gone.inFlight.keys.sorted() {
            for sent in gone.inFlight[partition] ?? [] { putLate(sent.entry) }
        }
    }

    private mutating func letGo(of lane: Int) {
        for (partition, owner) in owners where owner == lane {
            owners[partition] = nil
            loose += waiting.removeValue(forKey: partition) ?? []
        }
    }

    // MARK: Sending

    /// See ``ArkaStream/AuditTrail/take(for:lane:)``.
    mutating func take(for batch: RecordBatch, lane: Int) -> [AuditOutput] {
        // Entries that wait for another lane's records cost this one no look through its batch.
        guard hasRest(lane: lane) else { return [] }
        let leaving = LeavingRows(of: batch)
        var records: [AuditOutput] = []
        for partition in leaving.partitions {
            let entries = takeLoose() + takeWaiting(of: partition, through: leaving.last(partition))
            for entry in entries {
                records.append(send(entry, on: partition, of: lane, beside: leaving, in: batch))
            }
        }
        return records
    }

    /// See ``ArkaStream/AuditTrail/hasRest(lane:)``.
    func hasRest(lane: Int) -> Bool {
        guard let chains = lanes[lane]?.chains, !chains.isEmpty else { return false }
        return !loose.isEmpty || chains.keys.contains { waiting[$0] != nil }
    }

    /// See ``ArkaStream/AuditTrail/takeRest(lane:)``.
    mutating func takeRest(lane: Int) -> [AuditOutput] {
        let none = LeavingRows(of: RecordBatch())
        var records: [AuditOutput] = []
        for partition in lanes[lane]?.chains.keys.sorted() ?? [] {
            for entry in takeLoose() + takeWaiting(of: partition, through: .max) {
                records.append(send(entry, on: partition, of: lane, beside: none, in: nil))
            }
        }
        return records
    }

    private mutating func takeLoose() -> [PreparedEntry] {
        defer { loose.removeAll() }
        return loose
    }

    /// Entries of records that leave or have left: the oldest record's first.
    private mutating func takeWaiting(
        of partition: Int32, through last: Int64
    ) -> [PreparedEntry] {
        guard let all = waiting[partition] else { return [] }
        let taken = all.filter { $0.offset <= last }
        let left = all.filter { $0.offset > last }
        waiting[partition] = left.isEmpty ? nil : left
        return taken.enumerated()
            .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
            .map(\.element)
    }

    private mutating func send(
        _ entry: PreparedEntry, on partition: Int32, of lane: Int,
        beside leaving: LeavingRows, in batch: RecordBatch?
    ) -> AuditOutput {
        var members = AuditMembers(entry.members)
        let row = entry.place.flatMap { leaving.row($0) }
        if let batch, let row, case .decided = batch.outcomes[row] {
            members.add("decision_id", text: origin.decisionID(of: batch.rows[row]))
        }
        if entry.isLate || (entry.place != nil && row == nil) {
            members.add("late", .boolean(true))
        }
        guard let bytes = lanes[lane]?.append(members.bytes, of: entry, to: partition) else {
            preconditionFailure("records leave partitions that the lane owns")
        }
        waitingCount -= 1
        return AuditOutput(partition: partition, bytes: bytes)
    }

    /// See ``ArkaStream/AuditTrail/seal(lane:job:)``.
    mutating func seal(lane: Int, job: LaneJobID) { lanes[lane]?.seal(job) }

    /// See ``ArkaStream/AuditTrail/didCommit(lane:job:)``.
    mutating func didCommit(lane: Int, job: LaneJobID) {
        for entry in lanes[lane]?.takeCommitted(job) ?? [] { forget(entry) }
    }
}

extension PreparedEntry {
    fileprivate var offset: Int64 { place?.offset ?? -1 }
}
