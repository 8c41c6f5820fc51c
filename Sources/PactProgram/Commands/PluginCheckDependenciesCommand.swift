import ArkaCommandLine

/// `pact plugin check-deps`: says what of a plugin's needs is there.
enum PluginCheckDependenciesCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// A folder, a manifest, or a plugin's name.
        let plugin: String
        /// The engine document.
        let config: String?
        /// The Python whose packages are looked at.
        let python: String
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let plugin = Argument<String>.positional(
        "plugin", candidates: .files, help: "A plugin's folder or manifest, or its name")
    private static let python = Argument<String>.option(
        "python", value: "PROGRAM", default: "python3",
        help: "The Python whose version and packages are looked at")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "check-deps", "Compare what a plugin needs with what is installed",
            examples: [
                .init(
                    "pact plugin check-deps my-plugin --config engine.yaml",
                    "A line for each need: language, SDK, packages. Ends with 1 if one is missing."),
                .init(
                    "pact plugin check-deps . --python .venv/bin/python",
                    "Looks at the packages of a virtual environment."),
            ],
            arguments: [plugin, PluginArguments.config, python, SharedArguments.json]
        ) { given in
            try run(
                Options(
                    plugin: given[plugin], config: given[PluginArguments.config],
                    python: given[python], asJSON: given[SharedArguments.json]))
        }
    }
}
