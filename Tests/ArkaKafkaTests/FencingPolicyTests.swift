import Testing

@testable import ArkaKafka

@Suite struct FencingPolicyTests {
    /// Everything that can happen to a lane, for the exhaustive test.
    enum Event: CaseIterable {
        case fenced, assignmentEnded, waitedLittle, waitedLong, renewed, hourPassed
    }

    @Test func `a fenced lane gets a new producer after the coordinator had time to answer`() {
        let policy = Driver(lanes: 2)
        #expect(policy.fenced(lane: 1, at: .seconds(10)) == nil)
        #expect(policy.isDisturbed)
        #expect(policy.stillAssigned(at: .seconds(14.9)) == [])
        #expect(policy.stillAssigned(at: .seconds(15)) == [.renew(lane: 1)])
        #expect(policy.stillAssigned(at: .seconds(16)) == [], "asked once")
        #expect(policy.didRenew(lane: 1))
        #expect(!policy.isDisturbed)
    }

    @Test func `a lane that lost its partitions waits for the next assignment`() {
        let policy = Driver(lanes: 1)
        _ = policy.fenced(lane: 0, at: .zero)
        policy.assignmentEnded()
        #expect(policy.stillAssigned(at: .seconds(60)) == [])
        #expect(!policy.didRenew(lane: 0))
    }

    @Test func `losing the assignment while a producer is made does not restore the lane`() {
        let policy = Driver(lanes: 1)
        _ = policy.fenced(lane: 0, at: .zero)
        _ = policy.stillAssigned(at: .seconds(5))
        policy.assignmentEnded()
        #expect(!policy.didRenew(lane: 0))
    }

    @Test func `a lane fenced again within a minute has a rival`() {
        let policy = renewedOnce()
        #expect(policy.fenced(lane: 0, at: .seconds(64.9)) == .giveUp(lane: 0))
    }

    @Test func `a lane fenced again after a minute is treated as the first time`() {
        let policy = renewedOnce()
        #expect(policy.fenced(lane: 0, at: .seconds(65)) == nil)
        #expect(policy.stillAssigned(at: .seconds(70)) == [.renew(lane: 0)])
    }

    @Test func `lanes that are fenced by the same pause do not count against each other`() {
        let policy = Driver(lanes: 3)
        for lane in 0..<3 { #expect(policy.fenced(lane: lane, at: .milliseconds(lane)) == nil) }
        let actions = policy.stillAssigned(at: .seconds(6))
        #expect(actions == [.renew(lane: 0), .renew(lane: 1), .renew(lane: 2)])
    }

    @Test func `a second report of one fencing does not prolong the wait`() {
        let policy = Driver(lanes: 1)
        _ = policy.fenced(lane: 0, at: .zero)
        #expect(policy.fenced(lane: 0, at: .seconds(4)) == nil)
        #expect(policy.stillAssigned(at: .seconds(5)) == [.renew(lane: 0)])
    }

    /// Goal: no order of events makes the policy renew a lane that nobody fenced, renew it twice for
    /// one fencing, or renew it within a minute of the last time. Method: all sequences of 6 events.
    @Test func `no order of events breaks the promise`() {
        var sequences = 0
        func walk(_ policy: FencingPolicy, _ model: Model, _ depth: Int) {
            guard depth > 0 else {
                sequences += 1
                return
            }
            for event in Event.allCases {
                var (policy, model) = (policy, model)
                model.step(event, &policy)
                walk(policy, model, depth - 1)
            }
        }
        walk(FencingPolicy(lanes: 1), Model(), 6)
        #expect(sequences == 46_656)
    }

    /// What must hold, written without the policy's own states.
    private struct Model {
        var now = Duration.zero
        var fencedAt: Duration?
        var lastRenewal: Duration?
        var isRenewing = false

        mutating func step(_ event: Event, _ policy: inout FencingPolicy) {
            switch event {
            case .fenced: fence(&policy)
            case .assignmentEnded:
                policy.assignmentEnded()
                (fencedAt, isRenewing) = (nil, false)
            case .waitedLittle: wait(.seconds(1), &policy)
            case .waitedLong: wait(.seconds(6), &policy)
            case .hourPassed: wait(.seconds(3600), &policy)
            case .renewed:
                let result = policy.didRenew(lane: 0)
                #expect(result == isRenewing)
                isRenewing = false
            }
        }

        private mutating func fence(_ policy: inout FencingPolicy) {
            let action = policy.fenced(lane: 0, at: now)
            if let last = lastRenewal, now - last < .seconds(60) {
                #expect(action == .giveUp(lane: 0))
            } else {
                #expect(action == nil)
                if fencedAt == nil { fencedAt = now }
                isRenewing = false
            }
        }

        private mutating func wait(_ duration: Duration, _ policy: inout FencingPolicy) {
            now += duration
            let isDue = fencedAt.map { now - $0 >= .seconds(5) } ?? false
            let result = policy.stillAssigned(at: now)
            #expect(result == (isDue ? [.renew(lane: 0)] : []))
            guard isDue else { return }
            (fencedAt, lastRenewal, isRenewing) = (nil, now, true)
        }
    }

    /// The policy as an object, so that a call can stand in an expectation.
    private final class Driver {
        private var policy: FencingPolicy

        init(lanes: Int) { policy = FencingPolicy(lanes: lanes) }

        var isDisturbed: Bool { policy.isDisturbed }
        func fenced(lane: Int, at now: Duration) -> FencingPolicy.Action? {
            policy.fenced(lane: lane, at: now)
        }
        func stillAssigned(at now: Duration) -> [FencingPolicy.Action] {
            policy.stillAssigned(at: now)
        }
        func didRenew(lane: Int) -> Bool { policy.didRenew(lane: lane) }
        func assignmentEnded() { policy.assignmentEnded() }
    }

    private func renewedOnce() -> Driver {
        let policy = Driver(lanes: 1)
        _ = policy.fenced(lane: 0, at: .zero)
        _ = policy.stillAssigned(at: .seconds(5))
        _ = policy.didRenew(lane: 0)
        return policy
    }
}
