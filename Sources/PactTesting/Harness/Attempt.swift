import ArkaResilience
import PactPlugins

/// How one attempt of a call ended.
struct Attempt {
    /// What stands as the answer if it was the last.
    let outcome: FunctionAnswer
    /// Whether another attempt may help.
    let mayBeRepeated: Bool

    init(outcome: FunctionAnswer, mayBeRepeated: Bool) {
        self.outcome = outcome
        self.mayBeRepeated = mayBeRepeated
    }

    /// An attempt that threw. Refused calls stay refused; a plugin's own error and the network's say
    /// whether it helps to try again; of any other error nothing is known, so it may. The engine has it
    /// so, too: see `PlannedFunction` in `ArkaCalls`.
    init(_ error: any Error) {
        outcome = FunctionAnswer(isSuccess: false, error: "\(error)")
        mayBeRepeated =
            switch error {
            case let error as PluginError: error.isRetryable
            case let error as HTTPFailure: error.isRetryable
            case is CallRefusal, is CancellationError: false
            default: true
            }
    }

    /// What the engine's retry policy decides by.
    var failure: CallFailure {
        CallFailure(
            .unsuccessful, message: outcome.error ?? "", isRetryable: mayBeRepeated)
    }
}
