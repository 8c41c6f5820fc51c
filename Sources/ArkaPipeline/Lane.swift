public import ArkaModel
public import ArkaStream

/// One lane: reads its partitions, decides, writes, commits; the shell around ``LaneMachine``.
///
/// Everything runs on one thread, the one that calls ``run()``. Nothing suspends, nothing is handed
/// to another thread except commits, which the transport makes elsewhere and answers by an event.
public final class Lane<Transport: LaneTransport> {
    private let transport: Transport
    private let mailbox: LaneMailbox
    private let decider: any BatchDecider
    private let time: any TimeSource
    private let counters: LaneCounters
    private let observer: any LaneObserver
    private var machine: LaneMachine
    private var pool: [RecordBatch] = []
    private var pending = PendingBatches()
    private var waiting = WaitingStore()
    /// Tickets whose answers are there, and whose rows found no room in a batch yet.
    private var ready: ArraySlice<Int> = []
    /// What was sent in the open transaction, and where it ends.
    private var open = OutcomeCounts()
    private var positions = PositionTracker()
    /// The commit that is under way, or whose end is in doubt.
    private var commit: CommitUnderWay?

    /// Assembles a lane; `decider` and `transport` are its alone.
    public init(
        transport: Transport, mailbox: LaneMailbox, decider: any BatchDecider,
        limits: LaneLimits, time: any TimeSource, counters: LaneCounters,
        observer: any LaneObserver
    ) {
        self.transport = transport
        self.mailbox = mailbox
        self.decider = decider
        self.time = time
        self.counters = counters
        self.observer = observer
        machine = LaneMachine(
            limits: limits, sendsWhileCommitting: transport.sendsWhileCommitting)
    }

    /// Works until the lane has been stopped; blocks the calling thread.
    public func run() {
        while step() {}
    }

    /// Takes one step: the events that arrived, then one action.
    /// - Returns: False when the lane has ended.
    func step() -> Bool {
        for event in mailbox.takeAll() { handle(event) }
        switch machine.next(at: time.monotonic, pending: load) {
        case .read(let wait): read(waitingAtMost: wait)
        case .resume: resume()
        case .begin: begin()
        case .send: send()
        case .sendRest: sendRest()
        case .commit: startCommit()
        case .recover: transport.recover(as: machine.startRecovery())
        case .dropPending: dropPending()
        case .dropHeld: dropHeld()
        case .rewind: rewind()
        case .acknowledge: acknowledge()
        case .awaitEvent(let wait): transport.awaitEvent(atMost: wait)
        case .end: return false
        }
        return true
    }

    /// What is read and not sent.
    private var load: PendingLoad {
        var load = pending.load
        load.held.stopsReading = decider.stopsReading
        load.hasRest = machine.isReleasing && transport.hasRest
        guard !waiting.isEmpty else { return load }
        load.held.rows = waiting.rowCount
        load.held.bytes = waiting.byteCount
        load.held.waiting = waiting.waitingCount
        load.held.isReady = !ready.isEmpty || decider.hasReady
        return load
    }

    // MARK: Actions

    private func read(waitingAtMost wait: Duration) {
        let batch = takeBatch()
        let count = transport.read(into: batch, waitingAtMost: wait)
        if count > 0 { counters.consume(count, at: time.monotonic) }
        guard batch.count > 0 else {
            pool.append(batch)
            return
        }
        decider.decide(batch, at: time.wallMilliseconds)
        precondition(batch.outcomes.count == batch.count, "each row has one outcome")
        transport.didDecide(batch)
        waiting.take(from: batch)
        append(batch)
    }

    /// Decides again rows whose answers are there, and lets go what they held back.
    private func resume() {
        if ready.isEmpty { ready = decider.takeReady(atMost: RecordBatch.capacity)[...] }
        let batch = takeBatch()
        let count = waiting.putRecords(of: ready, into: batch)
        if count > 0 {
            let tickets = Array(ready.prefix(count))
            ready.removeFirst(count)
            decider.resume(batch, tickets: tickets, at: time.wallMilliseconds)
            precondition(batch.outcomes.count == batch.count, "each row has one outcome")
            transport.didDecide(batch)
            waiting.settle(batch, tickets: tickets)
        }
        recycle(batch)
        var hasMore = true
        while hasMore {
            let batch = takeBatch()
            hasMore = waiting.moveFinished(into: batch)
            append(batch)
        }
    }

    /// Queues what can be sent of a batch.
    private func append(_ batch: RecordBatch) {
        guard batch.count > batch.heldCount else { return recycle(batch) }
        pending.append(batch)
        counters.note(pending: load)
    }

    private func takeBatch() -> RecordBatch { pool.popLast() ?? RecordBatch() }

    private func begin() {
        let succeeded = transport.begin()
        let recovery = machine.didBegin(at: time.monotonic, succeeded: succeeded)
        if let recovery { transport.recover(as: recovery) }
    }

    private func send() {
        guard let batch = pending.removeFirst() else { return }
        let succeeded = transport.send(batch)
        open.add(outcomesOf: batch)
        positions.advance(over: batch)
        let recovery = machine.didSend(rows: batch.count - batch.heldCount, succeeded: succeeded)
        if let recovery { transport.recover(as: recovery) }
        recycle(batch)
    }

    private func sendRest() {
        let recovery = machine.didSendRest(succeeded: transport.sendRest())
        if let recovery { transport.recover(as: recovery) }
    }

    private func startCommit() {
        let underWay = CommitUnderWay(
            job: machine.startCommit(), counts: open, positions: positions.takeAll(),
            started: time.monotonic)
        open = OutcomeCounts()
        commit = underWay
        transport.commit(underWay.positions, as: underWay.job)
    }

    private func dropPending() {
        while let batch = pending.removeFirst() {
            counters.giveBack(batch.count - batch.heldCount)
            recycle(batch)
        }
        dropHeld()
    }

    private func dropHeld() {
        guard !waiting.isEmpty else { return }
        counters.giveBack(waiting.rowCount)
        decider.drop(waiting.tickets)
        waiting.removeAll()
        ready = []
        counters.note(pending: load)
    }

    private func rewind() {
        dropPending()
        guard let committed = transport.rewind() else { return }
        settleDoubt(committed: committed)
        machine.didRewind()
    }

    private func acknowledge() {
        assert(load.isEmpty, "rows of the old assignment are still in memory")
        if let doubtful = commit { giveBack(doubtful.counts) }
        commit = nil
        transport.acknowledge(machine.didAcknowledge())
    }

    private func recycle(_ batch: RecordBatch) {
        batch.removeAll()
        pool.append(batch)
        counters.note(pending: load)
    }

    // MARK: Events

    private func handle(_ event: LaneEvent) {
        switch event {
        case .committed(let job): didCommit(job)
        case .failed(let job, let failure): didFail(job, failure)
        case .assigned, .revoked, .stop, .restored, .answered: break
        }
        machine.handle(event)
    }

    private func didCommit(_ job: LaneJobID) {
        guard let finished = commit, finished.job == job else { return }
        let now = time.monotonic
        counters.settle(finished.counts, at: now)
        observer.didCommit(finished.counts, took: now - finished.started)
        commit = nil
    }

    /// Gives back what a failed transaction held, except where its end is in doubt.
    private func didFail(_ job: LaneJobID, _ failure: CommitFailure) {
        guard machine.isWaiting(for: job) else { return }
        giveBack(open)
        open = OutcomeCounts()
        _ = positions.takeAll()
        let mayHaveCommitted = failure == .inDoubt || failure == .fenced
        if !mayHaveCommitted, let failed = commit, failed.job == job {
            giveBack(failed.counts)
            commit = nil
        }
        observer.didFail(failure)
    }

    /// Finds out from the committed positions how a transaction in doubt ended: whole or not at all.
    private func settleDoubt(committed: [PartitionPosition]) {
        guard let doubtful = commit else { return }
        if doubtful.isCovered(by: committed) {
            counters.settle(doubtful.counts, at: time.monotonic)
        } else {
            giveBack(doubtful.counts)
        }
        commit = nil
    }

    private func giveBack(_ counts: OutcomeCounts) {
        counters.giveBack(counts.total)
    }
}

/// A transaction on its way to being committed.
struct CommitUnderWay {
    let job: LaneJobID
    let counts: OutcomeCounts
    let positions: [PartitionPosition]
    let started: Duration

    /// Whether these committed positions show that the transaction went through.
    func isCovered(by committed: [PartitionPosition]) -> Bool {
        positions.allSatisfy { position in
            committed.contains { $0.partition == position.partition && $0.next >= position.next }
        }
    }
}
