import ARKA
import PactPlugins

/// Screens payments inside of a program.
struct Screening: Sendable {
    private static let rules = """
        rule listed_account (on_unknown: review) {
            when {
                plugin.watchlist.look_up(account: transaction.account).listed == true
            }
            then {
                reject(reason: "account is on the watchlist")
            }
        }

        rule large_payment (on_unknown: review) {
            when {
                transaction.amount > 10000
            }
            then {
                flag_for_review(reason: "large payment")
            }
        }
        """

    private let manager: PluginManager
    private let engine: ARKAEngine

    /// Loads the plugins and compiles the rules.
    init(accounts: [String]) async throws {
        manager = PluginManager(linking: [WatchlistPlugin.self], namespace: "own")
        try await manager.load("own/watchlist", config: ["accounts": PluginValue(accounts)])
        engine = try ARKAEngine(
            pluginManager: manager, rules: [.text(Self.rules, name: "screening.pact")],
            settings: EngineSettings(name: "screening"))
    }

    /// Decides a payment; may be called from any number of tasks at once.
    func decide(_ payment: PluginValue, usesWatchlist: Bool = true) async throws -> Decision {
        try await engine.evaluate(
            transaction: payment, plugins: ["watchlist": usesWatchlist])
    }

    /// Ends the engine, then its plugins.
    func end() async {
        await engine.shutdown()
        await manager.shutdown()
    }
}
