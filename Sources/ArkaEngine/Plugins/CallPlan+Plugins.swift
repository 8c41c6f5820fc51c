public import ArkaCalls
import ArkaConfig
import ArkaModel
import ArkaResilience
public import ArkaRules
import PactPlugins

extension CallPlan {
    /// Plans the calls of a rule book to plugins that are loaded, as their uses say.
    ///
    /// Hashes of keys get a seed of their own.
    /// - Throws: ``ArkaCalls/CallPlanProblems``, all of them.
    public init(
        _ book: RuleBook, of plugins: [LoadedPlugin]
    ) throws(CallPlanProblems) {
        var policies: [String: CallPolicy] = [:]
        for plugin in plugins {
            for function in plugin.functions {
                policies[function.signature.path] = plugin.use.policy(
                    of: function.signature.name, own: CallPolicy(of: function))
            }
        }
        let versions = plugins.map { ($0.use.name, $0.version) }
        try self.init(
            book, functions: plugins.flatMap(\.functions), policies: policies,
            configurationVersions: Dictionary(versions) { first, _ in first },
            seed: .random(in: 0 ... .max))
    }
}
