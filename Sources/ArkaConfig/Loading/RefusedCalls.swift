public import ArkaModel
import ArkaRules

/// Whether a command that decides records can make the calls of a topology's rules.
/// - Parameter runsActions: Whether the command has somebody to carry out the actions of plugins.
/// - Returns: What to print if it cannot; the place is that of the first such call.
///   `topology check` and `rules test` need not ask.
public func refusedCalls(_ topology: TopologySpec, runsActions: Bool) -> Diagnostic? {
    let used = Set(topology.plugins.map(\.name))
    for called in topology.rules.calledFunctions {
        let name = shown(called.signature.path)
        if called.signature.kind == .action {
            guard !runsActions else { continue }
            return Diagnostic(
                .configCalls,
                "the rules call the action '\(name)', and nothing carries out actions yet",
                expected:
                    "rules without actions of plugins; 'pact eval' decides and leaves them out",
                at: called.place)
        }
        guard used.contains(called.signature.plugin) else {
            return Diagnostic(
                .configCalls, "the rules call '\(name)', and the topology uses no such plugin",
                expected: "it in 'plugins'; 'pact rules test' runs these with answers of your own",
                at: called.place)
        }
    }
    return nil
}
