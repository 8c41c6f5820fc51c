import ArkaCommandLine
import ArkaConfig
import ArkaEngine
import ArkaRules

/// `pact rules check`: says everything that is wrong with rules.
enum RulesCheckCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The rules.
        let sources: RuleSources
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "check", "Print every problem in rules",
            examples: [
                .init(
                    "pact rules check topologies/card-payments",
                    "Checks all rules of a topology against its record schema."),
                .init(
                    "pact rules check new.pact --json",
                    "Checks one file without a schema and prints the problems as JSON."),
                .init(
                    "pact rules check new.pact --functions functions/geo.yaml --schema record.json",
                    "Checks one file against what functions take and records look like."),
            ],
            arguments: [
                RuleSources.paths, RuleSources.functions, RuleSources.schema, SharedArguments.json,
            ]
        ) { given in
            let sources = RuleSources(
                paths: given[RuleSources.paths], functions: given[RuleSources.functions],
                schema: given[RuleSources.schema])
            return try run(Options(sources: sources, asJSON: given[SharedArguments.json]))
        }
    }
}

/// Checks the rules; a topology brings its schema, its functions and its policy for unknown values.
/// Lists are read from files beside the rule files.
func checkRules(
    _ options: RulesCheckCommand.Options, _ plugins: PluginRegistry
) throws -> Int32 {
    if let path = try options.sources.topology() {
        return checkTopology(.init(path: path, overrides: [], asJSON: options.asJSON), plugins)
    }
    let loaded = try options.sources.load(plugins)
    let summary =
        loaded.value.map { counted($0.rules.book.rules.count, "rule") }
        ?? counted(options.sources.paths.count, "file")
    return report(loaded.diagnostics, asJSON: options.asJSON, summary: summary)
}
