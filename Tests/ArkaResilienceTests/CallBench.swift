@testable import ArkaResilience

/// A call machine with its time, and what it said.
struct CallBench {
    typealias Machine = CallMachine<String>

    var machine: Machine
    var now = Duration.zero
    var ends: [CallID: CallOutcome<String>] = [:]
    var out: [CallDispatch] = []
    var cancelled: [DispatchID] = []

    init(_ change: (inout CallPolicy) -> Void = { _ in }) {
        var policy = CallPolicy(function: "plugin.kyc.check")
        change(&policy)
        machine = Machine(policy, at: .zero)
    }

    /// Starts calls as one unit.
    mutating func start(_ calls: [(call: Int, question: Int)], budget: Duration? = nil) {
        for (call, question) in calls {
            let id = CallID(UInt64(call))
            let started = machine.start(
                id, key: key(question), budgetEnd: budget.map { now + $0 }, at: now)
            if case .ended(let outcome) = started { ends[id] = outcome }
        }
        advance()
    }

    mutating func start(_ call: Int, _ question: Int, budget: Duration? = nil) {
        start([(call, question)], budget: budget)
    }

    mutating func advance(by step: Duration = .zero) {
        now += step
        perform { $0.advance(to: $1, into: &$2) }
    }

    /// Ends the oldest call of the plugin that is out.
    mutating func end(_ result: DispatchResult<String>) {
        let id = out.removeFirst().id
        perform { $0.ended(id, with: result, at: $1, into: &$2) }
    }

    mutating func answer(_ texts: String...) {
        end(.results(texts.map { .success($0, bytes: $0.utf8.count) }))
    }

    mutating func fail(_ failure: CallFailure = thrown) {
        end(.failed(failure))
    }

    mutating func cancel(_ call: Int) {
        perform { $0.cancel(CallID(UInt64(call)), at: $1, into: &$2) }
    }

    func end(of call: Int) -> CallOutcome<String>? { ends[CallID(UInt64(call))] }

    mutating func perform(
        _ body: (inout Machine, Duration, inout [CallAction<String>]) -> Void
    ) {
        var actions: [CallAction<String>] = []
        body(&machine, now, &actions)
        for action in actions {
            switch action {
            case .finish(let call, let outcome):
                precondition(ends[call] == nil, "a call ends once")
                ends[call] = outcome
            case .dispatch(let dispatch): out.append(dispatch)
            case .cancel(let id): cancelled.append(id)
            }
        }
    }
}
