import ArkaCommandLine

/// `pact plugin list`: says which plugins there are.
enum PluginListCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The engine document.
        let config: String?
        /// The topology whose configuration is taken.
        let topology: String?
        /// Whether plugins are started and asked how they are.
        let asksHealth: Bool
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let health = Argument<Bool>.flag(
        "health", help: "Start the topology's plugins, ask each how it is, and shut them down again"
    )

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "list", "List plugins with their versions, kinds, functions and health",
            examples: [
                .init(
                    "pact plugin list --config engine.yaml",
                    "Lists linked plugins and those in plugins.path; nothing is started."),
                .init(
                    "pact plugin list --topology payments.yaml --config engine.yaml --health",
                    "Starts the topology's plugins with their configuration and secrets, and asks their health."
                ),
            ],
            arguments: [
                PluginArguments.config, PluginArguments.topology, health, SharedArguments.json,
            ]
        ) { given in
            if given[health], given[PluginArguments.topology] == nil {
                throw UsageError(
                    .missingArgument,
                    "--health needs --topology: plugins start with a configuration")
            }
            return try run(
                Options(
                    config: given[PluginArguments.config],
                    topology: given[PluginArguments.topology],
                    asksHealth: given[health], asJSON: given[SharedArguments.json]))
        }
    }
}
