import ArkaStream
import ArkaSystem
import Synchronization

/// The thread beside a lane that makes the calls which take long: commit, abort, a new producer.
///
/// Jobs are done in order, one at a time; each is answered by an event in the lane's mailbox, or by a
/// report to the control thread.
final class CommitWorker: Sendable {
    private enum Job: Sendable {
        case commit(CommitRequest)
        case recover(LaneJobID)
        case renew(then: @Sendable (Renewal) -> Void)
        case end
    }

    let delivery: any LaneDelivery
    private let mailbox: LaneMailbox
    private let jobs = Mutex<[Job]>([])
    private let wake: WakeEvent
    private let ended: Latch
    private let counts = Mutex(CommitCounts())
    private let onCommit: @Sendable (CommitRequest) -> Void

    /// Starts the thread.
    /// - Parameter onCommit: Told what was committed, before the lane is.
    /// - Throws: `SystemError` if the system has no thread left.
    init(
        _ delivery: any LaneDelivery, mailbox: LaneMailbox,
        onCommit: @escaping @Sendable (CommitRequest) -> Void
    ) throws(SystemError) {
        self.delivery = delivery
        self.mailbox = mailbox
        self.onCommit = onCommit
        wake = try WakeEvent()
        ended = try Latch()
        _ = try Thread("commit-\(delivery.source.lane)") { [self] in run() }
    }

    /// What became of the commits so far.
    var statistics: CommitCounts { counts.withLock { $0 } }

    /// Begins to count failures in a row anew: the partitions that failed are no longer the lane's.
    func forgetFailures() { counts.withLock { $0.failuresInARow = 0 } }

    /// Starts a commit; answered in the mailbox.
    func commit(_ request: CommitRequest) { add(.commit(request)) }

    /// Starts a recovery; answered in the mailbox.
    func recover(as job: LaneJobID) { add(.recover(job)) }

    /// Replaces the producer and calls back on the worker's thread.
    func renew(then answer: @escaping @Sendable (Renewal) -> Void) { add(.renew(then: answer)) }

    /// Finishes the jobs that wait, closes the producer and ends the thread.
    func end() {
        delivery.source.setHaste(.release)
        add(.end)
    }

    /// Blocks until the thread has ended.
    /// - Returns: Whether it has.
    func awaitEnd(atMost limit: Duration) -> Bool { ended.wait(atMost: limit) }

    private func add(_ job: Job) {
        jobs.withLock { $0.append(job) }
        wake.raise()
    }

    private func run() {
        while true {
            let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            switch job {
            case nil: wake.wait()
            case .commit(let request): commit(request, endedAs: delivery.commit(request))
            case .recover(let job): fail(job, delivery.recover())
            case .renew(let answer): answer(delivery.renew())
            case .end:
                delivery.source.close()
                ended.open()
                return
            }
        }
    }

    private func commit(_ request: CommitRequest, endedAs outcome: CommitOutcome) {
        switch outcome {
        case .failed(let failure): fail(request.job, failure)
        case .committed:
            counts.withLock { $0.didCommit() }
            onCommit(request)
            mailbox.post(.committed(request.job))
        }
    }

    private func fail(_ job: LaneJobID, _ failure: CommitFailure) {
        counts.withLock { $0.didFail() }
        mailbox.post(.failed(job, failure))
    }
}

/// Commits of a lane that went through, and those that did not.
struct CommitCounts: Sendable, Hashable {
    private(set) var commits = 0
    private(set) var failures = 0
    /// Failures since the last commit that went through.
    fileprivate(set) var failuresInARow = 0

    mutating func didCommit() {
        commits += 1
        failuresInARow = 0
    }

    mutating func didFail() {
        failures += 1
        failuresInARow += 1
    }
}
