import ArkaModel
import ArkaResilience
import ArkaStream

extension SettledCall {
    /// What an answer from the cache is to the row that asked.
    init(_ hit: CacheHit<CallReply>) {
        self.init(.answer(hit.value), CallTrace(outcome: "cached", age: hit.age))
    }

    /// What the outcome of a call is to the row that asked.
    /// - Parameter function: As rules call it, such as `plugin.sanctions_list.check_sanctions`.
    init(_ outcome: CallOutcome<CallReply>, function: String) {
        // The words of answers stand here, since asking the outcome costs as much as all the rest.
        switch outcome {
        case .answered(let reply, .cache(let age, _)):
            self.init(.answer(reply), CallTrace(outcome: "cached", age: age))
        case .answered(let reply, .plugin):
            self.init(.answer(reply), CallTrace(outcome: "answered"))
        case .failed, .open, .skipped:
            let trace = CallTrace(
                outcome: outcome.word, error: outcome.errorText(function: function))
            self.init(.unknown(outcome.unknownCause ?? .callFailed), trace)
        }
    }
}
