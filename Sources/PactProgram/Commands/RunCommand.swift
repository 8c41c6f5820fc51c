import ArkaCommandLine

/// `pact run`: decides a topic until it is stopped.
enum RunCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The topology.
        let topology: String
        /// The engine document; `nil` takes the defaults.
        let config: String?
        /// `key=value` as given by `--set`.
        let overrides: [String]
        /// Whether missing output topics are created.
        let createsTopics: Bool
        /// Whether the run ends once everything that is there has been decided.
        let endsWhenCaughtUp: Bool
        /// Where the summary of the run goes.
        let summaryFile: String?
    }

    private static let config = Argument<String?>.option(
        optional: "config", short: "c", value: "FILE", candidates: .files,
        help: "The engine document: how this process runs")
    private static let createTopics = Argument<Bool>.flag(
        "create-topics", help: "Create the topics that are missing, the source too")
    private static let untilCaughtUp = Argument<Bool>.flag(
        "until-caught-up", help: "End with exit code 0 once everything there has been decided")

    private static let summary = Argument<String?>.option(
        optional: "summary", value: "FILE", candidates: .files,
        help: "Write what the run came to as JSON: counts, commits, bytes, times, settings")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "run", "Decide a Kafka topic until stopped",
            examples: [
                .init(
                    "pact run topologies/card-payments",
                    "Reads the topology's topic; SIGTERM drains, commits and ends with 0."),
                .init(
                    "pact run fraud.yaml --config engine.yaml --set source.group=fraud-b",
                    "Runs with engine settings, and overrides one key of the topology."),
                .init(
                    "PACT_BOOTSTRAP=host:9092 pact run fraud.yaml --create-topics",
                    "Takes the brokers from the environment and creates missing topics."),
            ],
            arguments: [
                SharedArguments.topology, config, SharedArguments.settings, createTopics,
                untilCaughtUp, summary,
            ]
        ) { given in
            try run(
                Options(
                    topology: given[SharedArguments.topology], config: given[config],
                    overrides: given[SharedArguments.settings].map { "\($0.key)=\($0.value)" },
                    createsTopics: given[createTopics],
                    endsWhenCaughtUp: given[untilCaughtUp], summaryFile: given[summary]))
        }
    }
}
