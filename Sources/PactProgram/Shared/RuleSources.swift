import ArkaCommandLine
import ArkaConfig
import ArkaEngine
import ArkaSystem

/// What a user means by rules on a command line: one topology, or rule files with what they lean on.
struct RuleSources: Sendable {
    /// Rule files, or one topology.
    let paths: [String]
    /// The function tables of rule files.
    let functions: [String]
    /// The record schema of rule files.
    let schema: String?

    static let paths = Argument<[String]>.positionals(
        "paths", candidates: .files, help: "Rule files, or one topology with its schema and rules")
    static let functions = Argument<[String]>.options(
        "functions", value: "FILE",
        help: "What the functions take and answer that rule files call; a topology names its own")
    static let schema = Argument<String?>.option(
        optional: "schema", value: "FILE", candidates: .files,
        help: "The record schema of rule files; a topology names its own")

    /// The topology document; `nil` for rule files.
    /// - Throws: ``UsageError`` where the words do not go together.
    func topology() throws(UsageError) -> String? {
        guard paths.contains(where: { !$0.hasSuffix(".pact") }) else { return nil }
        guard paths.count == 1 else {
            throw UsageError(
                .unexpectedArgument, "give rule files (*.pact) or one topology, not both")
        }
        guard functions.isEmpty, schema == nil else {
            throw UsageError(
                .unexpectedArgument, "a topology names its own functions and schema")
        }
        return topologyPath(paths[0])
    }

    /// Reads the rules, with all that is wrong with them.
    func load(_ plugins: PluginRegistry) throws(UsageError) -> Loaded<TopologySpec> {
        guard let path = try topology() else {
            let set = RuleFileSet(rules: paths, schema: schema, functions: functions)
            return loadRuleFiles(set, files: .system)
        }
        return loadTopology(
            path: path, environment: Child.currentEnvironment, plugins: plugins.linked,
            files: .system)
    }
}
