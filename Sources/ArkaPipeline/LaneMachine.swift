import ArkaStream

/// What a lane does next: a value that is told what happened and says what to do.
///
/// ```
///              assigned                    revoked / stop
///   (waiting) ─────────► running ─────────────────────────► releasing ──► acknowledge ──► (waiting)
///                          │ ▲                                                              or end
///     read → evaluate → queue of pending batches
///                          │ ▲
///            begin → send … → commit ──committed──► (idle)
///                          │
///                          └─failed──► drop pending, rewind to the committed positions, go on
/// ```
///
/// It holds no batch and calls nothing: ``Lane`` performs the actions and reports back. So every
/// order of events can be tested without a thread, a clock or a broker.
struct LaneMachine {
    /// The lane's hold on its partitions.
    enum Hold: Equatable {
        /// No assignment yet, or none any more.
        case none
        /// The lane owns its partitions and works on them.
        case running
        /// The lane lets go. If `lost`, nothing is committed; with `thenEnd` its thread ends.
        case releasing(lost: Bool, thenEnd: Bool)
        /// The thread ends.
        case ended
    }

    /// What the lane has written since the last commit.
    enum Output: Equatable {
        /// Nothing.
        case idle
        /// A transaction is open.
        case open(since: Duration, rows: Int)
        /// It did not go through; ``LaneEvent/failed(_:)`` will say how it ended.
        case recovering
        /// The producer is gone; the control thread finds out what to do.
        case fenced
        /// Nothing can be written until the process is started again.
        case hopeless
    }

    let limits: LaneLimits
    /// See ``LaneTransport/sendsWhileCommitting``.
    let sendsWhileCommitting: Bool
    private(set) var hold = Hold.none
    private(set) var output = Output.idle
    /// A commit is under way.
    private(set) var isCommitting = false
    /// What is in memory stems from before a failure: drop it, read again from what is committed.
    private(set) var mustRewind = false
    /// Whether a transaction's end is unknown until the committed positions have been read.
    private(set) var isInDoubt = false

    init(limits: LaneLimits, sendsWhileCommitting: Bool) {
        self.limits = limits
        self.sendsWhileCommitting = sendsWhileCommitting
    }

    // MARK: What to do

    /// The next thing to do, given the time and what is read but not sent yet.
    func next(at now: Duration, pending: PendingLoad) -> LaneAction {
        switch hold {
        case .ended: return .end
        case .none: return .awaitEvent(limits.idleWait)
        case .releasing(let lost, _): return release(lost: lost, pending: pending)
        case .running: break
        }
        switch output {
        case .recovering, .fenced, .hopeless:
            return pending.rows > 0 ? .dropPending : .awaitEvent(limits.idleWait)
        case .idle, .open:
            return mustRewind ? .rewind : work(at: now, pending: pending)
        }
    }

    /// The undisturbed case: commit when it is time, send what can be sent, read while there is room.
    private func work(at now: Duration, pending: PendingLoad) -> LaneAction {
        if !isCommitting, isCommitDue(at: now) { return .commit }
        if pending.rows > 0, sendsWhileCommitting || !isCommitting {
            return output == .idle ? .begin : .send
        }
        let wait = timeUntilCommit(at: now)
        return limits.hasRoom(beside: pending) ? .read(waitingAtMost: wait) : .awaitEvent(wait)
    }

    /// Letting go: send and commit what has been read, or drop all of it.
    private func release(lost: Bool, pending: PendingLoad) -> LaneAction {
        let drops = lost || mustRewind || output == .fenced || output == .hopeless
        if drops, pending.rows > 0 { return .dropPending }
        if output == .recovering { return .awaitEvent(limits.idleWait) }
        if isCommitting, lost || !sendsWhileCommitting || pending.rows == 0 {
            return .awaitEvent(limits.idleWait)
        }
        if pending.rows > 0 { return output == .idle ? .begin : .send }
        if case .open = output { return lost ? .recover : .commit }
        return isInDoubt && !lost && output == .idle ? .rewind : .acknowledge
    }

    private func isCommitDue(at now: Duration) -> Bool {
        guard case .open(let since, let rows) = output else { return false }
        return now - since >= limits.commitInterval || rows >= limits.rowsPerCommitMax
    }

    private func timeUntilCommit(at now: Duration) -> Duration {
        guard case .open(let since, _) = output, !isCommitting else { return limits.idleWait }
        return min(limits.idleWait, max(.zero, since + limits.commitInterval - now))
    }

    // MARK: What happened

    /// The lane called `begin`.
    mutating func didBegin(at now: Duration, succeeded: Bool) {
        precondition(output == .idle, "a transaction is begun once")
        output = succeeded ? .open(since: now, rows: 0) : .recovering
    }

    /// The lane sent a batch.
    mutating func didSend(rows: Int, succeeded: Bool) {
        guard case .open(let since, let sent) = output else {
            preconditionFailure("sent outside of a transaction")
        }
        output = succeeded ? .open(since: since, rows: sent + rows) : .recovering
    }

    /// The lane started a commit.
    mutating func didStartCommit() {
        precondition(!isCommitting, "one commit at a time")
        output = .idle
        isCommitting = true
    }

    /// The lane started to abort what is open.
    mutating func didStartRecovery() {
        output = .recovering
    }

    /// The lane moved its reading position back to what is committed.
    mutating func didRewind() {
        mustRewind = false
        isInDoubt = false
    }

    /// The lane acknowledged that it let go.
    mutating func didAcknowledge() {
        guard case .releasing(_, let thenEnd) = hold else {
            preconditionFailure("acknowledged without being asked")
        }
        hold = thenEnd ? .ended : .none
        mustRewind = false
        isInDoubt = false
    }

    /// An event arrived in the mailbox.
    mutating func handle(_ event: LaneEvent) {
        switch event {
        case .assigned:
            precondition(hold == .none, "assigned before the old partitions were acknowledged")
            hold = .running
            if output != .hopeless { output = .idle }
            mustRewind = false
        case .revoked(let lost):
            hold = .releasing(lost: lost, thenEnd: false)
        case .stop:
            hold = .releasing(lost: hasLostPartitions, thenEnd: true)
        case .committed:
            isCommitting = false
        case .failed(let failure):
            didFail(failure)
        case .restored:
            guard output == .fenced else { return }
            output = .idle
            mustRewind = true
        }
    }

    /// Whether the lane is letting go of partitions that already belong to somebody else.
    private var hasLostPartitions: Bool {
        if case .releasing(lost: true, _) = hold { return true }
        return false
    }

    private mutating func didFail(_ failure: CommitFailure) {
        // A fenced commit may have gone through before the fence came down.
        isInDoubt = failure == .inDoubt || (failure == .fenced && isCommitting)
        isCommitting = false
        mustRewind = true
        switch failure {
        case .aborted, .inDoubt: output = .idle
        case .fenced: output = .fenced
        case .hopeless: output = .hopeless
        }
    }
}
