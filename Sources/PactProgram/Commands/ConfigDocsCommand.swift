import ArkaCommandLine
import ArkaConfig

/// `pact config docs`: says what stands in the documents that the program reads.
enum ConfigDocsCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The kind of document; `nil` for a list of all.
        let kind: String?
        /// What is shown of it.
        let form: Form
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    /// What is shown of a kind.
    enum Form: Sendable {
        /// Its keys.
        case reference
        /// A document with all of them.
        case example
        /// Its JSON Schema.
        case schema
    }

    private static let kind = Argument<String?>.positional(
        optional: "kind", candidates: .oneOf(documentKinds.map(\.kind)),
        help: "The kind of document; otherwise all are listed")
    private static let example = Argument<Bool>.flag(
        "example", help: "Print a document with every key")
    private static let schema = Argument<Bool>.flag(
        "schema", help: "Print the JSON Schema, for editors")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "docs", "Print what stands in a kind of document",
            examples: [
                .init("pact config docs", "Lists the kinds of documents."),
                .init(
                    "pact config docs PluginConfig", "Prints every key with its type and default."),
                .init(
                    "pact config docs Topology --example > topology.yaml",
                    "Begins a document with every key, each with a word on what it does."),
                .init(
                    "pact config docs Topology --schema > topology.schema.json",
                    "Writes a schema for an editor that checks and completes."),
            ],
            arguments: [kind, example, schema, SharedArguments.json]
        ) { given in
            guard !(given[example] && given[schema]) else {
                throw UsageError(.unexpectedArgument, "give --example or --schema, not both")
            }
            let form: Form = given[example] ? .example : given[schema] ? .schema : .reference
            guard given[kind] != nil || form == .reference else {
                throw UsageError(.missingArgument, "name the kind of document")
            }
            guard !given[SharedArguments.json] || form == .reference else {
                throw UsageError(
                    .unexpectedArgument, "--json is for the list and the keys; --schema is JSON")
            }
            return try run(
                Options(kind: given[kind], form: form, asJSON: given[SharedArguments.json]))
        }
    }
}
