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
        case releasing(lost: Bool, thenEnd: Bool, round: HandshakeRound)
        /// The thread ends.
        case ended
    }

    /// What the lane has written since the last commit.
    enum Output: Equatable {
        /// Nothing.
        case idle
        /// A transaction is open.
        case open(since: Duration, rows: Int)
        /// It did not go through; the answer to this job will say how it ended.
        case recovering(LaneJobID)
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
    /// The commit that is under way.
    private(set) var committing: LaneJobID?
    /// The job that was started last.
    private var lastJob = LaneJobID(0)
    /// What is in memory stems from before a failure: drop it, read again from what is committed.
    private(set) var mustRewind = false
    /// Whether a transaction's end is unknown until the committed positions have been read.
    private(set) var isInDoubt = false
    /// Whether the rest was sent since the lane was asked to let go: once, or a plugin that goes on
    /// writing could hold up the group.
    private var hasSentRest = false

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
        case .releasing(let lost, _, _): return release(lost: lost, pending: pending)
        case .running: break
        }
        switch output {
        case .recovering, .fenced, .hopeless:
            return pending.isEmpty ? .awaitEvent(limits.idleWait) : .dropPending
        // The committed positions say nothing while a commit may still change them.
        case .idle where mustRewind && isCommitting:
            return pending.isEmpty ? .awaitEvent(limits.idleWait) : .dropPending
        case .idle, .open:
            return mustRewind ? .rewind : work(at: now, pending: pending)
        }
    }

    /// The undisturbed case: commit when it is time, send what can be sent, go on with what has its
    /// answers, read while there is room.
    private func work(at now: Duration, pending: PendingLoad) -> LaneAction {
        if !isCommitting, isCommitDue(at: now) { return .commit }
        if pending.rows > 0, sendsWhileCommitting || !isCommitting {
            return output == .idle ? .begin : .send
        }
        if pending.held.isReady { return .resume }
        let wait = timeUntilCommit(at: now)
        let mayRead = !pending.held.stopsReading && limits.hasRoom(beside: pending)
        return mayRead ? .read(waitingAtMost: wait) : .awaitEvent(wait)
    }

    /// Letting go: send and commit what has been decided, or drop all of it. What waits for calls is
    /// given back: whoever reads it next asks again, and nobody waits for a slow plugin here.
    private func release(lost: Bool, pending: PendingLoad) -> LaneAction {
        let drops = lost || mustRewind || output == .fenced || output == .hopeless
        if drops, !pending.isEmpty { return .dropPending }
        if pending.held.rows > 0 { return .dropHeld }
        if case .recovering = output { return .awaitEvent(limits.idleWait) }
        if isCommitting, lost || !sendsWhileCommitting || pending.rows == 0 {
            return .awaitEvent(limits.idleWait)
        }
        if pending.rows > 0 { return output == .idle ? .begin : .send }
        if pending.hasRest, !hasSentRest, !drops {
            return output == .idle ? .begin : .sendRest
        }
        if case .open = output { return lost ? .recover : .commit }
        return isInDoubt && !lost && output == .idle ? .rewind : .acknowledge
    }

    private var isCommitting: Bool { committing != nil }

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
    /// - Returns: The recovery to start if that failed.
    mutating func didBegin(at now: Duration, succeeded: Bool) -> LaneJobID? {
        precondition(output == .idle, "a transaction is begun once")
        guard succeeded else { return startRecovery() }
        output = .open(since: now, rows: 0)
        return nil
    }

    /// The lane sent a batch.
    /// - Returns: The recovery to start if that failed.
    mutating func didSend(rows: Int, succeeded: Bool) -> LaneJobID? {
        guard case .open(let since, let sent) = output else {
            preconditionFailure("sent outside of a transaction")
        }
        guard succeeded else { return startRecovery() }
        output = .open(since: since, rows: sent + rows)
        return nil
    }

    /// The lane sent what stands beside no row.
    /// - Returns: The recovery to start if that failed.
    mutating func didSendRest(succeeded: Bool) -> LaneJobID? {
        hasSentRest = true
        return didSend(rows: 0, succeeded: succeeded)
    }

    /// Whether the lane has been asked to let go.
    var isReleasing: Bool { if case .releasing = hold { true } else { false } }

    /// The lane starts a commit.
    /// - Returns: Its number.
    mutating func startCommit() -> LaneJobID {
        precondition(!isCommitting, "one commit at a time")
        output = .idle
        let job = nextJob()
        committing = job
        return job
    }

    /// The lane starts to abort what is open.
    /// - Returns: The number of the recovery.
    mutating func startRecovery() -> LaneJobID {
        let job = nextJob()
        output = .recovering(job)
        return job
    }

    private mutating func nextJob() -> LaneJobID {
        lastJob = lastJob.next
        return lastJob
    }

    /// The lane moved its reading position back to what is committed.
    mutating func didRewind() {
        mustRewind = false
        isInDoubt = false
    }

    /// The lane acknowledges that it let go.
    /// - Returns: The round that it was asked in.
    mutating func didAcknowledge() -> HandshakeRound {
        guard case .releasing(_, let thenEnd, let round) = hold else {
            preconditionFailure("acknowledged without being asked")
        }
        hold = thenEnd ? .ended : .none
        mustRewind = false
        isInDoubt = false
        return round
    }

    /// Whether the answer to this job is waited for; others are about what is settled already.
    func isWaiting(for job: LaneJobID) -> Bool {
        committing == job || output == .recovering(job)
    }

    /// An event arrived in the mailbox.
    mutating func handle(_ event: LaneEvent) {
        switch event {
        case .assigned:
            precondition(hold == .none, "assigned before the old partitions were acknowledged")
            hold = .running
            if output != .hopeless { output = .idle }
            mustRewind = false
        case .revoked(let lost, let round):
            hasSentRest = false
            hold = .releasing(lost: lost, thenEnd: false, round: round)
        case .stop(let round):
            hasSentRest = false
            hold = .releasing(lost: hasLostPartitions, thenEnd: true, round: round)
        case .committed(let job):
            if committing == job { committing = nil }
        case .failed(let job, let failure):
            if isWaiting(for: job) { didFail(job, failure) }
        case .answered: break
        case .restored:
            guard output == .fenced else { return }
            output = .idle
            mustRewind = true
        }
    }

    /// Whether the lane is letting go of partitions that already belong to somebody else.
    private var hasLostPartitions: Bool {
        if case .releasing(lost: true, _, _) = hold { return true }
        return false
    }

    private mutating func didFail(_ job: LaneJobID, _ failure: CommitFailure) {
        mustRewind = true
        if committing == job {
            committing = nil
            // A fenced commit may have gone through before the fence came down.
            isInDoubt = isInDoubt || failure == .inDoubt || failure == .fenced
            // The recovery that is under way beside it has an answer of its own. What is open went
            // down with the commit.
            if case .recovering = output, failure != .hopeless { return }
        }
        switch failure {
        case .aborted, .inDoubt: output = .idle
        case .fenced: output = .fenced
        case .hopeless: output = .hopeless
        }
    }
}
