import ArkaResilience
import ArkaStream
import Synchronization

/// One function of the plan with all of its calls; shared by all lanes.
final class FunctionStage: Sendable {
    let function: PlannedFunction
    /// As rules call it.
    let path: String
    let state: Mutex<FunctionState>

    init(_ function: PlannedFunction, jitterSeed: UInt64, at now: Duration) {
        self.function = function
        path = function.path
        state = Mutex(FunctionState(function.policy, jitterSeed: jitterSeed, at: now))
    }

    /// Does what is due by now; `nil` if nothing is.
    func advance(to now: Duration) -> Errands? {
        state.withLock { state in
            guard let next = state.machine.nextWake, next <= now else { return nil }
            return state.advance(to: now)
        }
    }

    /// When time alone changes something; `nil` for never.
    var nextWake: Duration? { state.withLock { $0.machine.nextWake } }
}
