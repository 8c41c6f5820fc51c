import ArkaDocuments
import ArkaModel

extension TopologyLoader {
    /// The hosts that a plugin reaches: those that the topology or its document names, as far as the plugin
    /// itself declares them. Where neither names any, there are none.
    mutating func hosts(_ source: PluginSource) -> [String] {
        let given = source.sandbox.effective.network.hosts
        let declared = linked[source.reference]?.declaredPolicy.network.hosts
        if let declared { warnOfHosts(source, beyond: declared) }
        guard let given, let declared else {
            return (given ?? declared)?.rules.map(\.description) ?? []
        }
        return given.intersection(declared).rules.map(\.description)
    }

    private mutating func warnOfHosts(_ source: PluginSource, beyond declared: HostRules) {
        for part in source.sandbox {
            for rule in part.policy.network.hosts?.rules ?? []
            where HostRules([rule]).intersection(declared).rules.isEmpty {
                warn(
                    "'\(rule)' is not among the hosts that '\(shown(source.reference))' declares, and "
                        + "is not reached",
                    expected: declared.rules.isEmpty
                        ? "no hosts" : "some of: \(declared.description)", at: part.place)
            }
        }
    }

    /// Refuses a version of the plugin that the document is not written for.
    mutating func checkVersion(_ source: PluginSource) {
        guard let (range, place) = source.version, let plugin = linked[source.reference],
            let problem = plugin.versionProblem(range)
        else { return }
        report(problem, expected: "a version that '\(shown(range.description))' has", at: place)
    }

    /// Warns, once for each document, of bounds that nothing holds a plugin to which is part of the
    /// program. One that is not part of it is an error of its own.
    mutating func warnOfBounds(_ source: PluginSource) {
        guard linked[source.reference] != nil else { return }
        let parts = source.sandbox.filter { !$0.policy.isHeldInProcess }
        guard let first = parts.first else { return }
        warn(
            "'\(shown(source.reference))' is part of this program, so it is trusted: nothing holds it "
                + "to \(parts.map { "'\($0.key)'" }.joined(separator: ", "))",
            expected: "hosts, ports and times, which are held; see 'pact plugin sandbox'",
            at: first.place)
    }

    private mutating func warn(
        _ message: String, expected expectation: String, at place: SourcePlace?
    ) {
        diagnostics.append(
            Diagnostic(
                .configSandbox, message, severity: .warning, expected: expectation,
                at: place ?? document.start))
    }
}
