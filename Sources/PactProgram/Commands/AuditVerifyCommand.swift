import ArkaCommandLine

/// `pact audit verify`: recomputes the chains of an audit trail.
enum AuditVerifyCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// JSON lines; `-` for standard input; `nil` reads the topic of a topology.
        let file: String?
        /// The topology whose audit topic is read.
        let topology: String?
        /// The engine document, for the connection.
        let config: String?
        /// `key=value` as given by `--set`.
        let overrides: [String]
        /// Heads of an earlier verification.
        let head: String?
        /// Where the heads of this one go.
        let newHead: String?
        /// Whether the oldest records may be gone.
        let mayBeginLate: Bool
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let file = Argument<String?>.positional(
        optional: "file", candidates: .files,
        help: "Records, one a line in the order of their chains; also .zst; - for standard input")
    private static let topology = Argument<String?>.option(
        optional: "topology", short: "t", value: "PATH", candidates: .files,
        help: "Reads the audit topic of this topology instead, committed records only")
    private static let config = Argument<String?>.option(
        optional: "config", short: "c", value: "FILE", candidates: .files,
        help: "The engine document, for the connection to the brokers")
    private static let head = Argument<String?>.option(
        optional: "head", value: "FILE", candidates: .files,
        help: "Heads kept by --write-head: finds ends that were cut off and rewritten histories")
    private static let newHead = Argument<String?>.option(
        optional: "write-head", value: "FILE", candidates: .files,
        help: "Keeps the head of each chain, if all of them are whole")
    private static let expired = Argument<Bool>.flag(
        "expired", help: "The oldest records may be gone, as after a topic's retention")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "verify", "Recompute the chains of an audit trail",
            examples: [
                .init(
                    "pact audit verify audit.jsonl",
                    "Finds records that were changed, dropped, moved or put there."),
                .init(
                    "pact audit verify --topology payments.yaml --head heads.json",
                    "Reads its audit topic, and finds ends that were cut off since the heads were kept."
                ),
                .init(
                    "pact audit verify audit.jsonl.zst --write-head heads.json",
                    "Writes the heads; keep them where nobody can write who writes the trail."),
            ],
            arguments: [
                file, topology, config, SharedArguments.settings, head, newHead, expired,
                SharedArguments.json,
            ]
        ) { given in
            guard given[file] != nil || given[topology] != nil else {
                throw UsageError(.missingArgument, "give a file of records, or --topology")
            }
            guard given[file] == nil || given[topology] == nil else {
                throw UsageError(
                    .unexpectedArgument, "give a file of records or --topology, not both")
            }
            return try run(
                Options(
                    file: given[file], topology: given[topology], config: given[config],
                    overrides: given[SharedArguments.settings].map { "\($0.key)=\($0.value)" },
                    head: given[head], newHead: given[newHead], mayBeginLate: given[expired],
                    asJSON: given[SharedArguments.json]))
        }
    }
}
