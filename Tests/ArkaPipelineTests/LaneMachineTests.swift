import ArkaStream
import Testing

@testable import ArkaPipeline

/// Goal: an answer is credited to the job that it names and to no other, whatever else is answered
/// before it.
/// Method: a machine alone, led to the state in question; then every order of answers.
@Suite struct LaneMachineTests {
    /// A machine that runs, as an object, so that a call can stand in an expectation.
    private final class Driver {
        var machine: LaneMachine
        private var now = Duration.zero

        init(sendsWhileCommitting: Bool) {
            machine = LaneMachine(
                limits: LaneLimits(laneCount: 1), sendsWhileCommitting: sendsWhileCommitting)
            machine.handle(.assigned([]))
        }

        func send(_ rows: Int, succeeds: Bool = true) -> LaneJobID? {
            if machine.output == .idle { _ = machine.didBegin(at: now, succeeded: true) }
            return machine.didSend(rows: rows, succeeded: succeeds)
        }

        func next(pendingRows: Int = 0) -> LaneAction {
            now += .seconds(1)
            return machine.next(at: now, pending: PendingLoad(batches: 0, rows: pendingRows))
        }
    }

    /// At least once: a commit is under way, and what is sent beside it is refused.
    private func twoFailures() throws -> (Driver, commit: LaneJobID, recovery: LaneJobID) {
        let driver = Driver(sendsWhileCommitting: true)
        #expect(driver.send(1) == nil)
        let commit = driver.machine.startCommit()
        let recovery = driver.send(1, succeeds: false)
        return (driver, commit, try #require(recovery))
    }

    private static let failures: [CommitFailure] = [.aborted, .inDoubt, .fenced, .hopeless]

    @Test(arguments: failures, [true, false])
    func `a lane whose commit and whose sending both fail goes on when both are answered`(
        failure: CommitFailure, isCommitFirst: Bool
    ) throws {
        let (driver, commit, recovery) = try twoFailures()
        let answers: [LaneEvent] = [.failed(commit, failure), .failed(recovery, .aborted)]
        let (first, last) = isCommitFirst ? (answers[0], answers[1]) : (answers[1], answers[0])
        driver.machine.handle(first)
        #expect(driver.next() == .awaitEvent(driver.machine.limits.idleWait), "\(first)")
        driver.machine.handle(last)
        #expect(driver.machine.committing == nil)
        let isRecoveredLast = isCommitFirst && failure != .hopeless
        let action = driver.next()
        switch failure {
        case .fenced where !isRecoveredLast, .hopeless:
            #expect(action == .awaitEvent(driver.machine.limits.idleWait))
        case .aborted, .inDoubt, .fenced: #expect(action == .rewind)
        }
    }

    @Test func `a recovery that ends while a commit is under way waits for it before it rewinds`()
        throws
    {
        let (driver, commit, recovery) = try twoFailures()
        driver.machine.handle(.failed(recovery, .aborted))
        #expect(driver.next(pendingRows: 3) == .dropPending)
        driver.machine.handle(.committed(commit))
        #expect(driver.next() == .rewind)
    }

    @Test(arguments: [true, false])
    func `an answer to a job that was settled before changes nothing`(isAtLeastOnce: Bool) {
        let driver = Driver(sendsWhileCommitting: isAtLeastOnce)
        var settled: [LaneJobID] = []
        for failure in Self.failures where failure != .hopeless && failure != .fenced {
            #expect(driver.send(1) == nil)
            let job = driver.machine.startCommit()
            driver.machine.handle(.failed(job, failure))
            driver.machine.didRewind()
            settled.append(job)
        }
        #expect(driver.send(1) == nil)
        let present = driver.machine.startCommit()
        for job in settled {
            for failure in Self.failures { driver.machine.handle(.failed(job, failure)) }
            driver.machine.handle(.committed(job))
            #expect(driver.machine.committing == present)
            #expect(driver.machine.output == .idle && !driver.machine.mustRewind)
        }
        driver.machine.handle(.committed(present))
        #expect(driver.machine.committing == nil)
    }

    @Test(arguments: [true, false])
    func `the round that a lane answers is the one that it was asked in last`(lost: Bool) {
        let driver = Driver(sendsWhileCommitting: false)
        let (first, second) = (HandshakeRound(1), HandshakeRound(2))
        driver.machine.handle(.revoked(lost: lost, round: first))
        driver.machine.handle(.stop(round: second))
        #expect(driver.next() == .acknowledge)
        let answered = driver.machine.didAcknowledge()
        #expect(answered == second)
        #expect(driver.next() == .end)
    }

    @Test func `numbers of jobs are never used twice`() throws {
        let driver = Driver(sendsWhileCommitting: true)
        var seen: Set<LaneJobID> = []
        for _ in 0..<10 {
            #expect(driver.send(1) == nil)
            let commit = driver.machine.startCommit()
            let recovery = try #require(driver.send(1, succeeds: false))
            #expect(seen.insert(commit).inserted && seen.insert(recovery).inserted)
            driver.machine.handle(.committed(commit))
            driver.machine.handle(.failed(recovery, .aborted))
            driver.machine.didRewind()
        }
    }
}

/// Goal: what stands beside no row is written once before a lane lets go, and never where it must not be.
@Suite struct LaneRestTests {
    private func releasing(lost: Bool = false, stops: Bool = false) -> LaneMachine {
        var machine = LaneMachine(limits: LaneLimits(laneCount: 1), sendsWhileCommitting: false)
        machine.handle(.assigned([]))
        machine.handle(stops ? .stop(round: .unasked) : .revoked(lost: lost, round: .unasked))
        return machine
    }

    private let rest = PendingLoad(hasRest: true)

    @Test(arguments: [true, false])
    func `the rest goes in a transaction of its own, once`(stops: Bool) {
        var machine = releasing(stops: stops)
        #expect(machine.next(at: .zero, pending: rest) == .begin)
        #expect(machine.didBegin(at: .zero, succeeded: true) == nil)
        #expect(machine.next(at: .zero, pending: rest) == .sendRest)
        #expect(machine.didSendRest(succeeded: true) == nil)
        #expect(machine.next(at: .zero, pending: rest) == .commit, "more of it holds nobody up")
        let job = machine.startCommit()
        #expect(machine.next(at: .zero, pending: rest) == .awaitEvent(machine.limits.idleWait))
        machine.handle(.committed(job))
        #expect(machine.next(at: .zero, pending: rest) == .acknowledge)
    }

    @Test func `the rest goes with a transaction that is open, after its rows`() {
        var machine = LaneMachine(limits: LaneLimits(laneCount: 1), sendsWhileCommitting: false)
        machine.handle(.assigned([]))
        #expect(machine.didBegin(at: .zero, succeeded: true) == nil)
        machine.handle(.revoked(lost: false, round: .unasked))
        let rows = PendingLoad(batches: 1, rows: 1, hasRest: true)
        #expect(machine.next(at: .zero, pending: rows) == .send)
        #expect(machine.didSend(rows: 1, succeeded: true) == nil)
        #expect(machine.next(at: .zero, pending: rest) == .sendRest)
    }

    @Test func `partitions that are lost get nothing more`() {
        let machine = releasing(lost: true)
        #expect(machine.next(at: .zero, pending: rest) == .acknowledge)
    }

    @Test func `a rest that cannot be sent holds nobody up`() throws {
        var machine = releasing()
        #expect(machine.didBegin(at: .zero, succeeded: true) == nil)
        let recovery = machine.didSendRest(succeeded: false)
        let job = try #require(recovery)
        #expect(machine.next(at: .zero, pending: rest) == .awaitEvent(machine.limits.idleWait))
        machine.handle(.failed(job, .aborted))
        #expect(machine.next(at: .zero, pending: rest) == .acknowledge)
    }

    @Test func `a transaction in doubt is settled first`() {
        var machine = releasing()
        #expect(machine.didBegin(at: .zero, succeeded: true) == nil)
        let job = machine.startCommit()
        machine.handle(.failed(job, .inDoubt))
        #expect(machine.next(at: .zero, pending: rest) == .rewind)
        machine.didRewind()
        #expect(machine.next(at: .zero, pending: rest) == .begin)
    }

    @Test func `a lane that works on does not send it`() {
        var machine = LaneMachine(limits: LaneLimits(laneCount: 1), sendsWhileCommitting: false)
        machine.handle(.assigned([]))
        #expect(
            machine.next(at: .zero, pending: rest) == .read(waitingAtMost: machine.limits.idleWait))
    }
}
