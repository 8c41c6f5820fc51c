import ArkaCalls
import ArkaConfig
import ArkaEngine
import ArkaModel
import PactPlugins

/// What an engine is built of, checked against each other.
struct EngineParts {
    let topology: TopologySpec
    let calls: CallPlan
    let warnings: [Diagnostic]

    /// Reads and checks everything.
    /// - Throws: All problems at once.
    init(
        _ rules: [EngineText], _ settings: EngineSettings, plugins: [ManagedPlugin]
    ) throws(EngineProblems) {
        var texts = EngineTexts(of: rules + [settings.schema].compactMap { $0 })
        let paths = rules.map { texts.add($0) }
        let set = RuleFileSet(
            rules: paths, schema: settings.schema.map { texts.add($0) },
            onUnknown: settings.onUnknown)
        let loaded = loadRuleFiles(
            set, name: settings.name,
            offered: FunctionTable(plugins.flatMap(\.listing.functions)), files: texts.files)
        let missing = Self.missingDependencies(of: plugins)
        guard var topology = loaded.value, missing.isEmpty else {
            throw EngineProblems(diagnostics: loaded.diagnostics, pluginProblems: missing)
        }
        topology.jurisdiction = settings.jurisdiction
        topology.decisionBudget = settings.decisionBudget
        do {
            calls = try CallPlan(topology.rules.book, of: plugins.map(\.plugin))
        } catch {
            throw EngineProblems(
                diagnostics: loaded.diagnostics, pluginProblems: error.problems.map(\.message))
        }
        self.topology = topology
        warnings = loaded.diagnostics
    }

    private static func missingDependencies(of plugins: [ManagedPlugin]) -> [String] {
        plugins.flatMap { plugin in
            plugin.plugin.host.metadata.dependencies
                .filter { dependency in !plugins.contains { $0.isNamed(dependency) } }
                .map { dependency in
                    let problem = PluginLoadError(
                        reference: plugin.plugin.use.reference,
                        reason: "it needs the plugin '\(shown(dependency))', which is not loaded; "
                            + "load it before the engine is built",
                        code: .pluginDependency)
                    return "\(problem)"
                }
        }
    }
}
