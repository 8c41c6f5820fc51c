public import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Synchronization

// SAFETY: other threads reach a lane through `mailbox` only, which locks; the rest is its thread's.

/// One lane's way to Kafka: the partitions it reads and the producer it writes with.
///
/// Made by ``KafkaConsumerGroup``. The methods of ``LaneTransport`` are for the lane's thread only;
/// the assignment reaches it through ``mailbox``.
public final class KafkaLane: LaneTransport, @unchecked Sendable {
    // SAFETY: `core`, `seen`, `assignment`, `producer` and `sent` belong to the lane's thread;
    // `shared` and the mailbox are safe by themselves.

    /// The lane's number, from 0.
    public let index: Int
    /// Where the lane's events arrive.
    public let mailbox = LaneMailbox()
    /// See ``LaneTransport/sendsWhileCommitting``.
    public let sendsWhileCommitting: Bool

    /// Raised with each event; `nil` where the system had no descriptor left.
    private let wake = try? WakeEvent()
    private let shared = Mutex<LaneCore?>(nil)
    private var core: LaneCore?
    private var seen = 0
    private var assignment: LaneAssignment?
    /// The producer in use. Another is taken where reading begins anew, and only there: records that
    /// are in memory now must not overtake those that the lost one did not deliver.
    private var producer: LaneProducer?
    /// Records sent since the last commit was started.
    private var sent = 0

    init(index: Int, guarantee: KafkaSettings.Guarantee) {
        self.index = index
        sendsWhileCommitting = guarantee == .atLeastOnce
        mailbox.onPost { [weak self] in self?.interrupt() }
    }

    /// What the lane works with; `nil` before the group has started. From any thread.
    var sharedCore: LaneCore? { shared.withLock { $0 } }

    /// Gives the lane what it works with; before it is assigned anything.
    func connect(_ core: LaneCore) { shared.withLock { $0 = core } }

    /// Makes ``read(into:waitingAtMost:)`` and ``awaitEvent(atMost:)`` return.
    private func interrupt() {
        wake?.raise()
        guard let core = sharedCore else { return }
        _ = core.consumer.whileOpen("wake") { _ in rd_kafka_queue_yield(core.queue) }
    }

    // MARK: Reading

    /// See ``LaneTransport/read(into:waitingAtMost:)``.
    public func read(into batch: RecordBatch, waitingAtMost wait: Duration) -> Int {
        guard let core = refreshed() else {
            awaitEvent(atMost: wait)
            return 0
        }
        batch.topic = core.settings.sourceTopic
        return core.reader.read(into: batch, waitingAtMost: mailbox.hasEvents ? .zero : wait)
    }

    /// See ``LaneTransport/didDecide(_:)``.
    public func didDecide(_ batch: RecordBatch) {
        guard let core else { return }
        LaneWriter.setAsideTooLarge(batch, for: core.delivery.source.topics)
        core.reader.finish(batch)
    }

    /// See ``LaneTransport/awaitEvent(atMost:)``.
    public func awaitEvent(atMost wait: Duration) {
        guard !mailbox.hasEvents else { return }
        if let wake { wake.wait(atMost: wait) } else { pause(min(wait, .milliseconds(1))) }
    }

    /// See ``LaneTransport/rewind()``.
    public func rewind() -> [PartitionPosition]? {
        guard let core = refreshed(), let assignment else { return [] }
        core.reader.own([])
        guard !assignment.positions.isEmpty else { return [] }
        let rewinder = Rewinder(core)
        guard let committed = rewinder.rewind(to: assignment.positions) else {
            awaitEvent(atMost: KafkaLimits.rewindPause)
            return nil
        }
        guard let tails = rewinder.tails(of: committed) else {
            awaitEvent(atMost: KafkaLimits.rewindPause)
            return nil
        }
        core.audit?.resume(lane: index, tails)
        core.reader.own(committed)
        core.progress.replace(with: committed)
        producer = nil
        return committed
    }

    /// The lane's core, with the partitions that were assigned last.
    private func refreshed() -> LaneCore? {
        if core == nil { core = sharedCore }
        guard let core else { return nil }
        if let changed = core.assignment.changed(since: &seen) {
            assignment = changed
            producer = nil
            sent = 0
            core.audit?.resume(lane: index, changed?.tails ?? [])
            core.reader.own(changed?.positions ?? [])
        }
        return core
    }

    // MARK: Writing

    /// See ``LaneTransport/begin()``.
    public func begin() -> Bool {
        guard let core = refreshed() else { return false }
        let current = core.delivery.source.current
        producer = producer ?? current
        return producer === current && core.delivery.begin()
    }

    /// See ``LaneTransport/send(_:)``.
    public func send(_ batch: RecordBatch) -> Bool {
        guard let core, let producer else { return false }
        return send(auditRecords(beside: batch, core), batch, core, producer)
    }

    /// See ``LaneTransport/hasRest``.
    public var hasRest: Bool {
        guard let audit = core?.audit, audit.hasEntries else { return false }
        return audit.hasRest(lane: index)
    }

    /// See ``LaneTransport/sendRest()``.
    public func sendRest() -> Bool {
        guard let core, let producer else { return false }
        return send(core.audit?.takeRest(lane: index) ?? [], nil, core, producer)
    }

    /// Hands over records of the audit trail, then what a batch decided.
    private func send(
        _ records: [AuditOutput], _ batch: RecordBatch?, _ core: LaneCore, _ producer: LaneProducer
    ) -> Bool {
        let acknowledged = core.delivery as? AcknowledgedDelivery
        let count = batch.map(LaneWriter.recordCount) ?? 0
        let epoch = acknowledged?.tracker.withLock { $0.willSend(count + records.count) } ?? 0
        let room = { self.makeRoom(in: producer, acknowledged) }
        var refused = core.writer.send(records, with: producer, mark: epoch, room: room)
        if let failed = refused {
            refused = (failed.failure, failed.untaken + count)
        } else if let batch {
            refused = core.writer.send(batch, with: producer, mark: epoch, room: room)
        }
        sent += records.count + (batch.map { $0.count - $0.heldCount } ?? 0)
        if let acknowledged {
            acknowledged.drainReports(of: producer, waitingAtMost: .zero)
        } else {
            producer.poll()
        }
        guard let refused else { return true }
        acknowledged?.tracker.withLock { $0.didNotSend(refused.untaken, epoch: epoch) }
        core.logger.warning(
            "records cannot be sent",
            [.code: .text(refused.failure.name), .reason: .text(refused.failure.reason)])
        return false
    }

    /// Where nobody logs, this is all that the audit trail costs.
    private func auditRecords(beside batch: RecordBatch, _ core: LaneCore) -> [AuditOutput] {
        guard let audit = core.audit, audit.hasEntries else { return [] }
        return audit.take(for: batch, lane: index)
    }

    /// Waits a little for a full producer.
    ///
    /// Until then no event is seen to; the records in the way leave it when they are acknowledged or
    /// when ``KafkaSettings/messageTimeout`` is over.
    /// - Returns: False if it is gone.
    private func makeRoom(in producer: LaneProducer, _ acknowledged: AcknowledgedDelivery?) -> Bool
    {
        guard producer.fatalFailure == nil else { return false }
        if let acknowledged {
            acknowledged.drainReports(of: producer, waitingAtMost: KafkaLimits.reportWait)
        } else {
            producer.poll(waitingAtMost: KafkaLimits.reportWait)
        }
        return true
    }

    /// See ``LaneTransport/commit(_:as:)``.
    public func commit(_ positions: [PartitionPosition], as job: LaneJobID) {
        guard let core, let assignment else { return mailbox.post(.failed(job, .aborted)) }
        let acknowledged = core.delivery as? AcknowledgedDelivery
        let epoch = acknowledged?.tracker.withLock { $0.seal() } ?? 0
        core.audit?.seal(lane: index, job: job)
        // Only what stands beside no row was sent: the group must agree to that, too.
        let positions = positions.isEmpty ? core.progress.committed : positions
        core.worker.commit(
            CommitRequest(
                job: job, positions: positions, generation: assignment.generation, records: sent,
                epoch: epoch))
        sent = 0
    }

    /// See ``LaneTransport/recover(as:)``.
    public func recover(as job: LaneJobID) {
        guard let core else { return mailbox.post(.failed(job, .aborted)) }
        sent = 0
        core.worker.recover(as: job)
    }

    /// See ``LaneTransport/acknowledge(_:)``.
    public func acknowledge(_ round: HandshakeRound) {
        guard let core = core ?? sharedCore else { return }
        core.reader.own([])
        core.audit?.release(lane: index)
        assignment = nil
        core.acknowledge(round)
    }
}
