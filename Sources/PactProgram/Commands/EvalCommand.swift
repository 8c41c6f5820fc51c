import ArkaCommandLine

/// `pact eval`: decides the records of a file, without Kafka.
enum EvalCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The topology.
        let topology: String
        /// JSON lines; `-` for standard input.
        let input: String
        /// Where decisions go; `-` for standard output.
        let output: String
        /// Where dead letters go; `nil` for a summary on standard error.
        let deadLetters: String?
        /// Where audit records go; `nil` drops them.
        let audit: String?
        /// The engine document, for its secrets; `nil` takes the defaults.
        let config: String?
        /// `key=value` as given by `--set`.
        let overrides: [String]
        /// Whether equal input gives equal bytes.
        let isDeterministic: Bool
    }

    private static let input = Argument<String>.option(
        "input", short: "i", value: "FILE", candidates: .files,
        help: "Records, one JSON object a line; also .zst; - for standard input")
    private static let output = Argument<String>.option(
        "output", short: "o", value: "FILE", default: "-", candidates: .files,
        help: "Where decisions go, one a line; - for standard output")
    private static let deadLetters = Argument<String?>.option(
        optional: "dead-letters", value: "FILE", candidates: .files,
        help: "Where lines go that cannot be decided; otherwise they are summed up")
    private static let audit = Argument<String?>.option(
        optional: "audit", value: "FILE", candidates: .files,
        help: "Where audit records of plugins go, one a line; otherwise they are dropped")
    private static let deterministic = Argument<Bool>.flag(
        "deterministic", help: "Take the event time as the time of decision")

    private static let config = Argument<String?>.option(
        optional: "config", short: "c", value: "FILE", candidates: .files,
        help: "The engine document, for where plugins' secrets come from")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "eval", "Decide the records of a file, without Kafka",
            examples: [
                .init(
                    "pact eval topologies/card-payments --input yours.jsonl",
                    "Prints a decision for each line, and at the end what became of all lines."),
                .init(
                    "zcat day.gz | pact eval topologies/card-payments -i - -o decisions.jsonl",
                    "Reads from another program and writes to a file."),
                .init(
                    "pact eval fraud.yaml -i day.jsonl.zst --deterministic | sha256sum",
                    "The same records and rules give the same bytes, always."),
            ],
            arguments: [
                SharedArguments.topology, input, output, deadLetters, audit, deterministic, config,
                SharedArguments.settings,
            ]
        ) { given in
            try run(
                Options(
                    topology: given[SharedArguments.topology], input: given[input],
                    output: given[output], deadLetters: given[deadLetters], audit: given[audit],
                    config: given[config],
                    overrides: given[SharedArguments.settings].map { "\($0.key)=\($0.value)" },
                    isDeterministic: given[deterministic]))
        }
    }
}
