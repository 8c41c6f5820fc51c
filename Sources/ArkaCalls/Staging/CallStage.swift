public import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Synchronization

/// Makes the calls of plugins' functions, for all lanes of a topology.
///
/// It is the shell around one ``CallMachine`` per function, each behind a lock of its own. Events go
/// in under the lock; what the machine wants done is done after it is free: functions are called in
/// tasks, or on the spot if they are immediate; outcomes go to the lane that asked. Lanes ask through
/// a ``LaneCallDesk`` each.
///
/// Each call of a function is reported to its machine exactly once when it ends, however it ends: also
/// when it throws, when it goes on though its task was cancelled, or when it was cancelled before it
/// had begun. Until then it holds its place.
public final class CallStage: Sendable {
    let plan: CallPlan
    let functions: [FunctionStage]
    let time: any TimeSource
    private let executor: (any TaskExecutor)?
    private let alarm: any CallAlarm
    /// The earliest time at which the alarm rings.
    private let wakesAt = Mutex<Duration?>(nil)
    private let lanes = LaneRegister()
    /// Whom to tell when no call is out.
    private let idleWaits = Mutex<[@Sendable () -> Void]>([])

    /// Makes a stage without calls.
    /// - Parameters:
    ///   - plan: What may be called.
    ///   - time: Where monotonic time comes from.
    ///   - alarm: What wakes the stage when time alone changes something.
    ///   - executor: Where functions run; `nil` for the process' common threads.
    ///   - jitterSeed: Where the randomness of pauses between attempts comes from.
    public init(
        _ plan: CallPlan, time: any TimeSource, alarm: any CallAlarm,
        executor: (any TaskExecutor)? = nil, jitterSeed: UInt64 = 0
    ) {
        self.plan = plan
        self.time = time
        self.alarm = alarm
        self.executor = executor
        let now = time.monotonic
        functions = plan.functions.enumerated().map { index, function in
            FunctionStage(function, jitterSeed: jitterSeed &+ UInt64(index), at: now)
        }
    }

    /// Does what is due. The alarm sees to it that it is called in time; calling it more often does
    /// no harm.
    public func advance() {
        let now = time.monotonic
        for function in functions {
            if let errands = function.advance(to: now) {
                perform(errands, of: function)
            } else {
                wake(at: function.nextWake)
            }
        }
    }

    /// Whether lanes are to stop reading: calls wait for a function with ``OutagePolicy/hold`` that does
    /// not work, or calls wait for a place. When that ends all lanes are woken.
    public var stopsReading: Bool {
        let now = time.monotonic
        return functions.contains { function in
            function.state.withLock { $0.machine.stopsReading(at: now) }
        }
    }

    /// What is known of each function's calls, in the order of ``CallPlan/paths``.
    public func snapshot() -> [FunctionSnapshot] {
        let now = time.monotonic
        return functions.map { function in function.state.withLock { $0.snapshot(at: now) } }
    }

    /// Gives up all calls of all lanes, as when the engine stops. No answer follows; what functions
    /// still do is cancelled and dropped.
    public func cancelAll() {
        let now = time.monotonic
        for function in functions {
            perform(function.state.withLock { $0.cancelAll(at: now) }, of: function)
        }
    }

    /// Calls `body` once, on any thread, when no call of a function is out that suspends: each has come
    /// back, those included that nobody waits for any more. At once if none is out.
    public func whenIdle(_ body: @escaping @Sendable () -> Void) {
        idleWaits.withLock { $0.append(body) }
        noteIdle()
    }

    private func noteIdle() {
        let isIdle = functions.allSatisfy { function in
            function.state.withLock { $0.machine.outCount == 0 }
        }
        guard isIdle else { return }
        let waits = idleWaits.withLock { waits in
            defer { waits = [] }
            return waits
        }
        for body in waits { body() }
    }

    func join(_ inbox: LaneInbox) { lanes.add(inbox) }

    func leave(_ inbox: LaneInbox) { lanes.remove(inbox) }

    // MARK: Performing

    /// Does what a function's machine wants done. Not with any lock held.
    func perform(_ errands: Errands, of function: FunctionStage) {
        var open = [errands]
        var deliveries: [Errands.Delivery] = []
        var letsLanesRead = false
        // Functions that answer on the spot may make the next ones go out.
        while let errands = open.popLast() {
            for run in errands.cancelled { run.cancel() }
            deliveries.append(contentsOf: errands.deliveries)
            letsLanesRead = letsLanesRead || errands.letsLanesRead
            wake(at: errands.nextWake)
            for run in errands.runs {
                if let next = start(run, of: function) { open.append(next) }
            }
        }
        deliver(deliveries, of: function)
        if letsLanesRead { lanes.wakeAll() }
    }

    /// Calls a function.
    /// - Returns: What is to be done next, if the call has ended already.
    private func start(_ run: FunctionRun, of function: FunctionStage) -> Errands? {
        guard run.begin() else {
            let failure = CallFailure(.thrown, message: "cancelled before it was called")
            return end(run, with: .failed(failure), of: function)
        }
        let calls = run.calls(at: time.monotonic)
        if function.function.isImmediate {
            return end(run, with: function.function.callAtOnce(calls), of: function)
        }
        let task = Task(executorPreference: executor) {
            let result = await function.function.call(calls)
            self.perform(self.end(run, with: result, of: function), of: function)
            if self.idleWaits.withLock({ !$0.isEmpty }) { self.noteIdle() }
        }
        run.keep(task)
        return nil
    }

    private func end(
        _ run: FunctionRun, with result: DispatchResult<CallReply>, of function: FunctionStage
    ) -> Errands {
        let now = time.monotonic
        return function.state.withLock { $0.end(run, with: result, at: now) }
    }

    /// Hands outcomes to lanes, to each all of its own at once.
    private func deliver(_ deliveries: [Errands.Delivery], of function: FunctionStage) {
        var rest = deliveries[...]
        while let first = rest.first {
            let inbox = first.asked.inbox
            let isMine = { (delivery: Errands.Delivery) in delivery.asked.inbox === inbox }
            inbox.post(
                rest.lazy.filter(isMine).map { delivery in
                    CallArrival(
                        ticket: delivery.asked.ticket, call: delivery.asked.call,
                        settled: SettledCall(delivery.outcome, function: function.path))
                })
            rest = rest.filter { !isMine($0) }[...]
        }
    }

    private func wake(at time: Duration?) {
        guard let time else { return }
        let isEarlier = wakesAt.withLock { wakesAt in
            if let at = wakesAt, at <= time { return false }
            wakesAt = time
            return true
        }
        if isEarlier { alarm.ring(at: time) { [weak self] in self?.didRing(time) } }
    }

    /// Takes an alarm that rang. It is spent even if its clock runs ahead of the stage's: then nothing
    /// is due yet, and it is set again.
    private func didRing(_ time: Duration) {
        wakesAt.withLock { wakesAt in
            if wakesAt == time { wakesAt = nil }
        }
        advance()
    }
}
