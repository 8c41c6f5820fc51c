import ArkaModel
import ArkaStream

/// What goes wrong, each once in so many calls; 0 for never.
struct FaultPlan: Sendable {
    var beginFails = 0
    var sendFails = 0
    var commitAborts = 0
    var commitInDoubt = 0
    var fenced = 0
    var rewindFails = 0
    var revoked = 0
    var revokedLost = 0

    static let none = FaultPlan()
    static let everything = FaultPlan(
        beginFails: 25, sendFails: 40, commitAborts: 8, commitInDoubt: 8, fenced: 12,
        rewindFails: 3, revoked: 60, revokedLost: 80)
}

/// A lane's transport to a ``MemoryBroker`` that fails as a plan says.
///
/// Jobs are done one at a time, in order, some calls after they were asked for, and answered some
/// calls after they were done: as a commit thread would.
final class FaultyTransport: LaneTransport {
    typealias Row = (partition: Int32, offset: Int64)

    private enum Job {
        case commit(LaneJobID, [PartitionPosition], rows: [Row], isLost: Bool)
        case recover(LaneJobID)
        case restore
    }

    let sendsWhileCommitting: Bool
    let mailbox = LaneMailbox()
    var faults: FaultPlan
    var random: SeededGenerator
    private let broker: MemoryBroker
    private let time: ManualTime
    private var reading: [Int32: Int64] = [:]
    /// Sent since the last commit was asked for.
    private var open: [Row] = []
    /// Counts producers; what the lane sends must go through the one that it adopted.
    private var producer = 0
    private var adopted = 0
    private var jobs: [(delay: Int, job: Job)] = []
    private var answers: [(delay: Int, event: LaneEvent)] = []
    private(set) var acknowledged: [HandshakeRound] = []
    /// The round that the lane was asked in last.
    private(set) var asked = HandshakeRound.unasked
    private(set) var isAssigned = false
    private(set) var reads = 0
    /// Rows of transactions that the broker really committed.
    private(set) var committedRows = 0
    /// Times that the lane waited for a commit and a recovery at once.
    private(set) var doubleFailures = 0
    /// Set between a revocation and its acknowledgement: the answer that makes the lane go on.
    private(set) var isReleasing = false

    init(
        broker: MemoryBroker, time: ManualTime, transactional: Bool, faults: FaultPlan, seed: UInt64
    ) {
        self.broker = broker
        self.time = time
        self.faults = faults
        sendsWhileCommitting = !transactional
        random = SeededGenerator(seed: seed)
    }

    // MARK: What the control thread would do

    func assign() {
        for position in broker.positions { reading[position.partition] = position.next }
        adopted = producer
        isAssigned = true
        mailbox.post(.assigned(broker.positions))
    }

    func stop() {
        isReleasing = true
        asked = asked.next
        mailbox.post(.stop(round: asked))
    }

    /// Lets time pass between two steps of the lane: jobs are done and answered, partitions go and
    /// return.
    func passTime() {
        time.advance(by: .milliseconds(1))
        for index in answers.indices { answers[index].delay -= 1 }
        while let first = answers.first, first.delay <= 0 {
            mailbox.post(answers.removeFirst().event)
        }
        if !jobs.isEmpty { jobs[0].delay -= 1 }
        if let first = jobs.first, first.delay <= 0 { perform(jobs.removeFirst().job) }
        guard isAssigned, !isReleasing else { return }
        if happens(faults.revoked) {
            revoke(lost: false)
        } else if happens(faults.revokedLost) {
            revoke(lost: true)
        }
    }

    private func revoke(lost: Bool) {
        isReleasing = true
        asked = asked.next
        // Whoever is fenced and loses its partitions is not restored any more.
        answers.removeAll { $0.event == .restored }
        jobs.removeAll { if case .restore = $0.job { true } else { false } }
        mailbox.post(.revoked(lost: lost, round: asked))
        if lost, !sendsWhileCommitting { loseTransaction() }
    }

    /// The new owner's producer has fenced ours: what is open is aborted on the broker.
    private func loseTransaction() {
        open.removeAll()
        jobs = jobs.map { delay, job in
            guard case .commit(let id, let positions, _, _) = job else { return (delay, job) }
            return (delay, .commit(id, positions, rows: [], isLost: true))
        }
        broker.decideElsewhere(random: &random)
    }

    private func happens(_ rate: Int) -> Bool { rate > 0 && random.once(in: rate) }

    // MARK: What the commit thread would do

    private func start(_ job: Job) {
        jobs.append((Int.random(in: 1...5, using: &random), job))
        if jobs.count > 1 { doubleFailures += 1 }
    }

    private func answer(_ event: LaneEvent) {
        answers.append((Int.random(in: 0...2, using: &random), event))
    }

    private func perform(_ job: Job) {
        switch job {
        case .commit(let id, let positions, let rows, let isLost):
            if isLost { return answer(.failed(id, .fenced)) }
            commit(id, positions, rows)
        case .recover(let id):
            loseProducer(beside: [])
            answer(.failed(id, .aborted))
        case .restore: answer(.restored)
        }
    }

    private func commit(_ id: LaneJobID, _ positions: [PartitionPosition], _ rows: [Row]) {
        if happens(faults.commitAborts) {
            fail(id, .aborted, rows)
        } else if happens(faults.commitInDoubt) {
            fail(id, .inDoubt, isCommittedAtRandom(positions, rows) ? [] : rows)
        } else if happens(faults.fenced) {
            fail(id, .fenced, isCommittedAtRandom(positions, rows) ? [] : rows)
            start(.restore)
        } else {
            makeFinal(positions, rows)
            answer(.committed(id))
        }
    }

    private func fail(_ id: LaneJobID, _ failure: CommitFailure, _ rows: [Row]) {
        loseProducer(beside: rows)
        answer(.failed(id, failure))
    }

    private func isCommittedAtRandom(_ positions: [PartitionPosition], _ rows: [Row]) -> Bool {
        let isCommitted = Bool.random(using: &random)
        if isCommitted { makeFinal(positions, rows) }
        return isCommitted
    }

    private func makeFinal(_ positions: [PartitionPosition], _ rows: [Row]) {
        committedRows += rows.count
        broker.publish(rows)
        broker.commit(positions)
    }

    /// What the producer had under way is gone, whoever still counts on it: a commit of it that
    /// comes later would commit positions without decisions. Without transactions, the first of it
    /// may have arrived.
    private func loseProducer(beside committing: [Row]) {
        let underWay = committing + open
        open.removeAll()
        producer += 1
        guard sendsWhileCommitting else { return }
        let arrived = Int.random(in: 0...underWay.count, using: &random)
        broker.publish(Array(underWay.prefix(arrived)))
    }

    // MARK: LaneTransport

    func read(into batch: RecordBatch, waitingAtMost wait: Duration) -> Int {
        reads += 1
        var room = Int.random(in: 0...8, using: &random)
        for (partition, log) in broker.inputs.sorted(by: { $0.key < $1.key }) {
            for offset in log where room > 0 && offset >= reading[partition, default: 0] {
                batch.append(
                    payload: nil, key: nil, partition: partition, offset: offset, timestamp: 0)
                reading[partition] = offset + 1
                room -= 1
            }
        }
        if batch.count == 0 { time.advance(by: wait) }
        return batch.count
    }

    func didDecide(_ batch: RecordBatch) {}

    func awaitEvent(atMost wait: Duration) { time.advance(by: min(wait, .milliseconds(5))) }

    func begin() -> Bool { producer == adopted && !happens(faults.beginFails) }

    func send(_ batch: RecordBatch) -> Bool {
        guard producer == adopted else { return false }
        let rows = zip(batch.rows, batch.outcomes).filter { $1 != .held }.map { row, _ in
            (row.partition, row.offset)
        }
        let refused = happens(faults.sendFails)
        open += refused ? Array(rows.prefix(rows.count / 2)) : rows
        return !refused
    }

    func commit(_ positions: [PartitionPosition], as job: LaneJobID) {
        start(.commit(job, positions, rows: open, isLost: false))
        open.removeAll()
    }

    func recover(as job: LaneJobID) {
        if !sendsWhileCommitting { open.removeAll() }
        start(.recover(job))
    }

    func rewind() -> [PartitionPosition]? {
        guard !happens(faults.rewindFails) else { return nil }
        for position in broker.positions { reading[position.partition] = position.next }
        adopted = producer
        return broker.positions
    }

    func acknowledge(_ round: HandshakeRound) {
        acknowledged.append(round)
        isAssigned = false
        isReleasing = false
    }
}
