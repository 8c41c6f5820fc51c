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

/// A lane's transport to a ``MemoryBroker`` that fails as a plan says; commits are answered some
/// calls later, as a commit thread would.
final class FaultyTransport: LaneTransport {
    let sendsWhileCommitting: Bool
    let mailbox = LaneMailbox()
    var faults: FaultPlan
    var random: SeededGenerator
    private let broker: MemoryBroker
    private let time: ManualTime
    private var reading: [Int32: Int64] = [:]
    private var open: [(partition: Int32, offset: Int64)] = []
    private var committing: [(partition: Int32, offset: Int64)] = []
    private var answers: [(delay: Int, event: LaneEvent)] = []
    private(set) var acknowledged = 0
    private(set) var isAssigned = false
    private(set) var reads = 0
    /// Rows of transactions that the broker really committed.
    private(set) var committedRows = 0
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
        isAssigned = true
        mailbox.post(.assigned(broker.positions))
    }

    func stop() {
        isReleasing = true
        mailbox.post(.stop)
    }

    /// Lets time pass between two steps of the lane: answers come in, partitions go and return.
    func passTime() {
        time.advance(by: .milliseconds(1))
        for index in answers.indices { answers[index].delay -= 1 }
        while let first = answers.first, first.delay <= 0 {
            mailbox.post(answers.removeFirst().event)
        }
        guard isAssigned, !isReleasing else { return }
        if happens(faults.revoked) {
            revoke(lost: false)
        } else if happens(faults.revokedLost) {
            revoke(lost: true)
        }
    }

    private func revoke(lost: Bool) {
        isReleasing = true
        // Whoever is fenced and loses its partitions is not restored any more.
        answers.removeAll { $0.event == .restored }
        mailbox.post(.revoked(lost: lost))
        if lost, !sendsWhileCommitting { loseTransaction() }
    }

    /// The new owner's producer has fenced ours: what is open is aborted on the broker.
    private func loseTransaction() {
        open.removeAll()
        if !committing.isEmpty {
            committing.removeAll()
            answers = answers.map {
                ($0.delay, $0.event == .committed ? .failed(.fenced) : $0.event)
            }
        }
        broker.decideElsewhere(random: &random)
    }

    private func happens(_ rate: Int) -> Bool { rate > 0 && random.once(in: rate) }

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

    func awaitEvent(atMost wait: Duration) { time.advance(by: min(wait, .milliseconds(5))) }

    func begin() -> Bool { !happens(faults.beginFails) }

    func send(_ batch: RecordBatch) -> Bool {
        let rows = batch.rows.map { ($0.partition, $0.offset) }
        let refused = happens(faults.sendFails)
        let sent = refused ? Array(rows.prefix(rows.count / 2)) : rows
        if sendsWhileCommitting { broker.publish(sent) } else { open += sent }
        return !refused
    }

    func commit(_ positions: [PartitionPosition]) {
        committing = open
        open.removeAll()
        if happens(faults.commitAborts) {
            finish(committed: false, positions, .failed(.aborted))
        } else if happens(faults.commitInDoubt) {
            finish(committed: Bool.random(using: &random), positions, .failed(.inDoubt))
        } else if happens(faults.fenced) {
            finish(committed: Bool.random(using: &random), positions, .failed(.fenced))
            answers.append((answers.last.map { $0.delay + 5 } ?? 5, .restored))
        } else {
            finish(committed: true, positions, .committed)
        }
    }

    private func finish(committed: Bool, _ positions: [PartitionPosition], _ event: LaneEvent) {
        if committed {
            committedRows += committing.count
            broker.publish(committing)
            broker.commit(positions)
        }
        committing.removeAll()
        answers.append((Int.random(in: 1...6, using: &random), event))
    }

    func recover() {
        open.removeAll()
        answers.append((Int.random(in: 1...4, using: &random), .failed(.aborted)))
    }

    func rewind() -> [PartitionPosition]? {
        guard !happens(faults.rewindFails) else { return nil }
        for position in broker.positions { reading[position.partition] = position.next }
        return broker.positions
    }

    func acknowledge() {
        acknowledged += 1
        isAssigned = false
        isReleasing = false
    }
}
