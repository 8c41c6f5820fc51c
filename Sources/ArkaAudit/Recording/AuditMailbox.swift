public import ArkaModel
public import ArkaStream
public import PactPlugins
import Synchronization

/// The audit trail of a process: takes what plugins log, and gives it to the transactions of their
/// records.
///
/// What it holds is bounded. When it is full, ``write(_:)`` fails, and with it the call that is not
/// audited: its value is unknown. That happens where nothing is committed any more.
public final class AuditMailbox: AuditSink, AuditTrail {
    private let preparer: EntryPreparer
    private let origin: AuditOrigin
    private let store: Mutex<EntryStore>
    /// Entries that wait for a transaction; read without the lock.
    private let waitingCount = Atomic<Int>(0)
    private let numbers = Atomic<Int>(0)

    /// Makes an empty trail.
    /// - Parameters:
    ///   - origin: Where records come from.
    ///   - process: Tells this process' entries from those of others: a random word.
    ///   - pseudonymKey: What personal values become pseudonyms with; `nil` shows none.
    ///   - redactor: Knows the secrets of the process.
    ///   - time: What entries state as their time.
    public convenience init(
        _ origin: AuditOrigin, process: String, pseudonymKey: SecretText? = nil,
        redactor: SecretRedactor = SecretRedactor(), time: any TimeSource
    ) {
        self.init(
            origin, process: process, limits: EntryStore.Limits(), time: time,
            classing: AuditClassing(pseudonymKey: pseudonymKey, redactor: redactor))
    }

    init(
        _ origin: AuditOrigin, process: String, limits: EntryStore.Limits, time: any TimeSource,
        classing: AuditClassing
    ) {
        self.origin = origin
        preparer = EntryPreparer(classing: classing, process: process, time: time)
        store = Mutex(EntryStore(origin: origin, limits: limits))
    }

    /// Entries of which nobody has said that they are committed: logged and not sent, or sent.
    public var count: Int { store.withLock { $0.count } }

    // MARK: AuditSink

    /// See ``PactPlugins/AuditSink/write(_:)``: classed, redacted and in memory when this returns.
    public func write(_ entry: AuditEntry) async throws(AuditFailure) {
        let number = numbers.add(1, ordering: .relaxed).newValue
        let prepared = try preparer.prepare(entry, number: number)
        guard change({ $0.add(prepared) }) else {
            throw AuditFailure(
                "\(count) records wait to be committed, and no more are taken", isRetryable: true)
        }
    }

    // MARK: AuditTrail

    /// See ``ArkaStream/AuditTrail/recordBytesMax``.
    public var recordBytesMax: Int { AuditLimits.recordBytesMax }

    /// See ``ArkaStream/AuditTrail/hasEntries``.
    public var hasEntries: Bool { waitingCount.load(ordering: .acquiring) > 0 }

    /// See ``ArkaStream/AuditTrail/refusal(of:)``.
    public func refusal(of tail: AuditTail) -> String? {
        guard let bytes = tail.record else { return nil }
        do {
            let record = try AuditRecord(bytes)
            let own = origin.chain(of: tail.partition)
            guard record.chain == own else {
                return "its last record belongs to the chain \(shown(record.chain)), not to \(own)"
            }
            return record.isIntact ? nil : "the digest of its last record is not that of its bytes"
        } catch {
            return "its last record is none of the audit trail: \(error.reason)"
        }
    }

    /// See ``ArkaStream/AuditTrail/resume(lane:_:)``.
    public func resume(lane: Int, _ tails: [AuditTail]) {
        var heads: [Int32: ChainHead] = [:]
        for tail in tails {
            heads[tail.partition] = tail.record.flatMap { try? AuditRecord($0).head } ?? .start
        }
        change { $0.resume(lane: lane, heads) }
    }

    /// See ``ArkaStream/AuditTrail/release(lane:)``.
    public func release(lane: Int) { change { $0.release(lane: lane) } }

    /// See ``ArkaStream/AuditTrail/take(for:lane:)``.
    public func take(for batch: RecordBatch, lane: Int) -> [AuditOutput] {
        guard hasEntries else { return [] }
        return change { $0.take(for: batch, lane: lane) }
    }

    /// See ``ArkaStream/AuditTrail/hasRest(lane:)``.
    public func hasRest(lane: Int) -> Bool {
        hasEntries && store.withLock { $0.hasRest(lane: lane) }
    }

    /// See ``ArkaStream/AuditTrail/takeRest(lane:)``.
    public func takeRest(lane: Int) -> [AuditOutput] { change { $0.takeRest(lane: lane) } }

    /// See ``ArkaStream/AuditTrail/seal(lane:job:)``.
    public func seal(lane: Int, job: LaneJobID) { change { $0.seal(lane: lane, job: job) } }

    /// See ``ArkaStream/AuditTrail/didCommit(lane:job:)``.
    public func didCommit(lane: Int, job: LaneJobID) {
        change { $0.didCommit(lane: lane, job: job) }
    }

    private func change<Result>(_ body: (inout EntryStore) -> Result) -> Result {
        store.withLock { store in
            let result = body(&store)
            waitingCount.store(store.waitingCount, ordering: .releasing)
            return result
        }
    }
}
