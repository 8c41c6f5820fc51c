import ArkaCommandLine
import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaRules
import ArkaSystem

/// `pact rules check`: says everything that is wrong with rules.
enum RulesCheckCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// Rule files, or one topology.
        let paths: [String]
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let paths = Argument<[String]>.positionals(
        "paths", candidates: .files, help: "Rule files, or one topology with its schema and rules")

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
            ], arguments: [paths, SharedArguments.json]
        ) { given in try run(Options(paths: given[paths], asJSON: given[SharedArguments.json])) }
    }
}

/// Checks the rules; a topology brings its schema and its policy for unknown values.
func checkRules(_ options: RulesCheckCommand.Options) throws -> Int32 {
    let isTopology = { (path: String) in !path.hasSuffix(".pact") }
    guard options.paths.contains(where: isTopology) else {
        let sources = try options.paths.map { path throws(SystemError) in
            SourceText(name: path, utf8: try readFile(path, limit: EngineLimits.documentBytes))
        }
        let checked = compileRules(sources, layout: RecordLayout(), onUnknown: nil)
        let summary = checked.book.map { "\($0.rules.count) rules" } ?? "\(sources.count) files"
        return report(checked.diagnostics, asJSON: options.asJSON, summary: summary)
    }
    guard options.paths.count == 1 else {
        throw UsageError(.unexpectedArgument, "give rule files (*.pact) or one topology, not both")
    }
    return checkTopology(.init(path: options.paths[0], overrides: [], asJSON: options.asJSON))
}
