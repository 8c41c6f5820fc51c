import ArkaCommandLine
import ArkaConfig
import ArkaEngine
import ArkaRules
import ArkaSystem

/// `pact topology check`: says everything that is wrong with a topology and its files.
enum TopologyCheckCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The topology.
        let path: String
        /// `key=value` as given by `--set`.
        let overrides: [String]
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "check", "Print every problem in a topology, its schema and its rules",
            examples: [
                .init(
                    "pact topology check topologies/card-payments",
                    "Names each place with line and column, and what was expected there.")
            ],
            arguments: [SharedArguments.topology, SharedArguments.settings, SharedArguments.json]
        ) { given in
            try run(
                Options(
                    path: given[SharedArguments.topology],
                    overrides: given[SharedArguments.settings].map { "\($0.key)=\($0.value)" },
                    asJSON: given[SharedArguments.json]))
        }
    }
}

/// Loads the topology and reports what was found.
func checkTopology(
    _ options: TopologyCheckCommand.Options, _ plugins: PluginRegistry
) -> Int32 {
    let path = topologyPath(options.path)
    let loaded = loadTopology(
        path: path, environment: Child.currentEnvironment, overrides: options.overrides,
        plugins: plugins.linked, files: .system)
    let count = loaded.value?.rules.book.rules.count
    let summary = count.map { "\(path): \(counted($0, "rule"))" } ?? path
    return report(loaded.diagnostics, asJSON: options.asJSON, summary: summary)
}
