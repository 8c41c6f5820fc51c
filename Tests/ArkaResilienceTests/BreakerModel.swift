@testable import ArkaResilience

/// A circuit breaker told a second time, as plainly as can be: all answers of the period in a list.
struct BreakerModel {
    enum State: Equatable {
        case closed
        case open(until: Duration)
        case probing
        case probeWanted
    }

    let policy: BreakerPolicy
    var state = State.closed
    var answers: [(at: Duration, failed: Bool)] = []
    var openNext: Duration
    /// Tickets that still count: those of the present period.
    var current: Set<Int> = []

    init(_ policy: BreakerPolicy) {
        self.policy = policy
        openNext = policy.open
    }

    mutating func admits(_ ticket: Int, at now: Duration) -> Bool {
        switch state {
        case .closed: break
        case .open(let until) where now < until: return false
        case .open, .probeWanted:
            state = .probing
            current = []
        case .probing: return false
        }
        current.insert(ticket)
        return true
    }

    mutating func end(_ ticket: Int, failed: Bool, at now: Duration) {
        guard current.remove(ticket) != nil else { return }
        if state == .probing {
            if failed { open(at: now) } else { close() }
            return
        }
        answers.append((now, failed))
        if failed, isTooMuch(at: now) { open(at: now) }
    }

    mutating func abandon(_ ticket: Int) {
        guard current.remove(ticket) != nil else { return }
        if state == .probing { state = .probeWanted }
    }

    private func isTooMuch(at now: Duration) -> Bool {
        let inARow = answers.reversed().prefix { $0.failed }.count
        if inARow >= policy.consecutiveFailures { return true }
        let bucket = policy.window / 10
        let number = { (time: Duration) in Int(time / bucket) }
        let recent = answers.filter { number($0.at) > number(now) - 10 }
        let failures = recent.count { $0.failed }
        return recent.count >= policy.callsMin
            && failures * 100 >= recent.count * policy.failurePercent
    }

    private mutating func open(at now: Duration) {
        state = .open(until: now + openNext)
        openNext = min(openNext * 2, policy.openMax)
        (answers, current) = ([], [])
    }

    private mutating func close() {
        state = .closed
        openNext = policy.open
        (answers, current) = ([], [])
    }

    func status(at now: Duration) -> BreakerStatus {
        switch state {
        case .closed: .closed
        case .open(let until): now < until ? .open : .halfOpen
        case .probing, .probeWanted: .halfOpen
        }
    }
}
