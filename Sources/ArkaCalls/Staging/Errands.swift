import ArkaResilience
import ArkaStream

/// What is to be done outside of a function's lock, after its machine has said so.
struct Errands: Sendable {
    /// An outcome that goes to the lane that asked.
    struct Delivery: Sendable {
        let asked: AskedCall
        let outcome: CallOutcome<CallReply>
    }

    /// Calls of the function to make.
    var runs: [FunctionRun] = []
    /// Calls of the function that nobody waits for any more.
    var cancelled: [FunctionRun] = []
    /// Outcomes to hand out.
    var deliveries: [Delivery] = []
    /// When time alone changes something; `nil` for never.
    var nextWake: Duration?
    /// Whether lanes that stopped reading for the function may go on.
    var letsLanesRead = false
}
