import ArkaDocuments
import ArkaModel
import ArkaResilience
import PactPlugins

extension TopologyLoader {
    /// Warns of functions that rules call in `when` and that may take longer than decisions wait.
    ///
    /// Not of one whose time nobody has said: its limit is the one that every function has, and what it
    /// really takes is not known. Nor where decisions wait as long as it takes.
    /// - Parameters:
    ///   - path: The plugin's entry.
    ///   - anchor: The key that names it.
    mutating func checkBudget(of use: PluginUse, _ path: String, _ anchor: String) {
        let settings = (try? linked[use.reference]?.settings(use.configuration)) ?? [:]
        for signature in use.signatures where signature.kind != .action {
            guard let own = settings[signature.name] else { continue }
            let place = use.functions.firstIndex { $0.name == signature.name }
            let said = place.map { use.functions[$0] }
            guard said?.whenUnavailable != .hold else { continue }
            let limits = [own.timeout, said?.timeout, use.sandbox.resources.callTime].compactMap {
                $0
            }
            let timeout = limits.reduce(own.timeout, min)
            let isSaid = limits.count > 1 || own.timeout != FunctionSettings().timeout
            if isSaid, timeout > draft.decisionBudget {
                let key = place.map { "\(path).functions[\($0)].timeout" }
                warn(
                    "'\(signature.name)' may take \(text(timeout)), and decisions wait for it no "
                        + "longer than 'decision_budget': \(text(draft.decisionBudget))",
                    expected: "a 'timeout' of at most \(text(draft.decisionBudget)), a longer "
                        + "'decision_budget', or 'when_unavailable: hold'",
                    at: said?.timeout == nil ? anchor : key ?? path)
            }
            checkRetry(signature.name, own, anchor)
        }
    }

    /// Warns of a function that would be tried again when nobody waits for it any more.
    private mutating func checkRetry(_ name: String, _ own: FunctionSettings, _ anchor: String) {
        let pause = RetryPolicy().backOffFirst
        guard own.attempts > 1, pause >= draft.decisionBudget else { return }
        warn(
            "'\(name)' is tried again \(text(pause)) after it failed, and decisions wait no longer "
                + "than 'decision_budget': \(text(draft.decisionBudget))",
            expected: "a 'decision_budget' above \(text(pause)), or 'when_unavailable: hold'",
            at: anchor)
    }

    private func text(_ duration: Duration) -> String {
        DurationText.text(seconds: ExactDecimal(scaled: duration.attoseconds))
    }

    private mutating func warn(
        _ message: String, expected expectation: String, at path: String
    ) {
        diagnostics.append(
            Diagnostic(
                .configBudget, message, severity: .warning, expected: expectation,
                at: document.place(of: path)))
    }
}
