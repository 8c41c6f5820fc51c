import PactPlugins

/// Knows the accounts that payments are not to go to.
struct WatchlistPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "watchlist", version: "1.0.0", description: "Looks accounts up in a list")

    let accounts: Set<String>

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        accounts = Set(try configuration.read("accounts", as: [String].self))
    }

    var functions: [DeclaredFunction] {
        DataSource("look_up", "Says whether an account is listed") {
            Parameter("account", String.self, .length(1...34))
        } answerAtOnce: { account in
            DataSourceResult(data: ["listed": .boolean(accounts.contains(account))])
        }
    }
}
