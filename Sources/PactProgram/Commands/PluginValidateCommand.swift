import ArkaCommandLine

/// `pact plugin validate`: says everything that is wrong with a plugin.
enum PluginValidateCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// A folder, a manifest, or a plugin's name; `nil` for the working directory.
        let plugin: String?
        /// The engine document.
        let config: String?
        /// The topology whose configuration is taken.
        let topology: String?
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let plugin = Argument<String?>.positional(
        optional: "plugin", candidates: .files,
        help: "A plugin's folder or manifest, or its name; the working directory if left out")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "validate",
            "Print every problem of a plugin: manifest, functions, secrets, permissions",
            examples: [
                .init(
                    "pact plugin validate",
                    "Looks through the working directory; each problem with line and column."),
                .init(
                    "pact plugin validate my-plugin --config engine.yaml",
                    "Finds the plugin among those linked, and in the folders of plugins.path."),
            ],
            arguments: [
                plugin, PluginArguments.config, PluginArguments.topology, SharedArguments.json,
            ]
        ) { given in
            try run(
                Options(
                    plugin: given[plugin], config: given[PluginArguments.config],
                    topology: given[PluginArguments.topology], asJSON: given[SharedArguments.json]))
        }
    }
}
