import ArkaCommandLine

/// `pact plugin sandbox`: says what a plugin may do, and where each bound comes from.
enum PluginSandboxCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The plugin's name, or a document about it.
        let plugin: String
        /// The plugin's manifest; `nil` for what the plugin itself declares.
        let manifest: String?
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let plugin = Argument<String>.positional(
        "plugin", candidates: .files,
        help: "A plugin of this program, a plugin's folder, or a document of kind PluginConfig or "
            + "PluginManifest")
    private static let manifest = Argument<String?>.option(
        optional: "manifest", value: "FILE", candidates: .files,
        help: "The plugin's manifest: its permissions bound what the document allows")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "sandbox", "Print what a plugin may do, and which document says so",
            examples: [
                .init(
                    "pact plugin sandbox plugins/sanctions-list.yaml",
                    "Puts together what the document allows and what the plugin declares."),
                .init(
                    "pact plugin sandbox my-plugin",
                    "Shows what a plugin of this program, or the manifest in a folder, declares."),
            ],
            arguments: [plugin, manifest, SharedArguments.json]
        ) { given in
            try run(
                Options(
                    plugin: given[plugin], manifest: given[manifest],
                    asJSON: given[SharedArguments.json]))
        }
    }
}
