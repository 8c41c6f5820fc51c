import ArkaCommandLine
import ArkaEngine

/// `pact plugin`: work on plugins. One file per command.
func pluginCommands(_ plugins: PluginRegistry) -> Command {
    Command(
        "plugin", "Work on plugins",
        [
            PluginValidateCommand.command { try validatePlugin($0, plugins) },
            PluginListCommand.command { try listPlugins($0, plugins) },
            PluginCheckDependenciesCommand.command { try checkDependencies($0, plugins) },
            PluginSandboxCommand.command { showSandbox($0, plugins) },
        ])
}

/// Arguments that the commands on plugins have in common.
enum PluginArguments {
    static let config = Argument<String?>.option(
        optional: "config", short: "c", value: "FILE", candidates: .files,
        help: "The engine document: its plugins.path lists directories of plugins")
    static let topology = Argument<String?>.option(
        optional: "topology", value: "TOPOLOGY", candidates: .files,
        help: "A topology whose configuration of linked plugins is taken")
}
