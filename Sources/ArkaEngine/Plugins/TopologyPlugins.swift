public import ArkaCalls
public import ArkaConfig
public import ArkaEvaluate
public import ArkaHTTP
public import ArkaModel
public import ArkaPipeline
import ArkaResilience
import ArkaSystem
public import PactPlugins

extension HTTPClientSettings {
    /// Lets out what the functions' own bounds let out together: those count calls, and are what users
    /// set.
    fileprivate init(plugins topology: TopologySpec) {
        self.init()
        let functions = topology.plugins.flatMap(\.signatures).count
        let said = topology.plugins.flatMap(\.functions).compactMap(\.concurrentMax)
        let others = max(0, functions - said.count) * ResilienceLimits.concurrentDefault
        requestsPerHostMax = max(requestsPerHostMax, said.reduce(others, +))
    }
}

/// The plugins of one topology at work: their hosts, the network client that they share, and the stage
/// that makes their calls.
///
/// ```
/// init ── start() ──► lanes open a decider each ── stop() ──► ended
/// ```
public final class TopologyPlugins: Sendable {
    private let topology: TopologySpec
    private let plugins: [LoadedPlugin]
    private let client: HTTPClient
    private let stage: CallStage
    private let time: any TimeSource

    /// Loads the plugins that a topology uses; nothing of them is started.
    /// - Parameters:
    ///   - registry: What is linked into the program.
    ///   - time: The clock of budgets, limits and caches.
    ///   - alarm: What wakes the stage by that clock; one that sleeps if `nil`.
    ///   - executor: Where plugins' functions run; `nil` for the process' common threads.
    ///   - log: Takes what plugins have to say; the first argument is the plugin's name in rules.
    /// - Throws: The first plugin that cannot be loaded.
    public init(
        _ topology: TopologySpec, _ registry: PluginRegistry, time: any TimeSource,
        alarm: (any CallAlarm)? = nil, executor: (any TaskExecutor)? = nil,
        log: @escaping @Sendable (String, PluginServices.LogLevel, String) -> Void
    ) throws(PluginLoadError) {
        self.topology = topology
        self.time = time
        let client = HTTPClient(HTTPClientSettings(plugins: topology), time: time)
        var plugins: [LoadedPlugin] = []
        for use in topology.plugins {
            guard let type = registry[use.reference] else {
                throw PluginLoadError(
                    reference: use.reference, reason: "it is not linked into this program")
            }
            plugins.append(
                try LoadedPlugin(use, type: type, client: client, time: time) { level, line in
                    log(use.name, level, line)
                })
        }
        self.client = client
        self.plugins = plugins
        stage = CallStage(
            try Self.plan(topology, plugins), time: time, alarm: alarm ?? SleepingAlarm(time),
            executor: executor, jitterSeed: .random(in: 0 ... .max))
    }

    private static func plan(
        _ topology: TopologySpec, _ plugins: [LoadedPlugin]
    ) throws(PluginLoadError) -> CallPlan {
        let functions = plugins.flatMap(\.host.functions)
        var policies: [String: CallPolicy] = [:]
        for plugin in plugins {
            for function in plugin.host.functions {
                let said = plugin.use.functions.first { $0.name == function.signature.name }
                let own = CallPolicy(of: function)
                policies[function.signature.path] = said?.applied(to: own) ?? own
            }
        }
        let versions = plugins.map { ($0.use.name, $0.version) }
        do {
            return try CallPlan(
                topology.rules.book, functions: functions, policies: policies,
                configurationVersions: Dictionary(versions) { first, _ in first },
                seed: .random(in: 0 ... .max))
        } catch {
            throw PluginLoadError(reference: topology.name, reason: "\(error)")
        }
    }

    /// Starts the network client and initialises each plugin, in the order of the topology.
    /// - Throws: The first that does not start; those before it have been shut down again.
    public func start() async throws(PluginLoadError) {
        do throws(SystemError) {
            try client.start()
        } catch {
            throw PluginLoadError(reference: topology.name, reason: "\(error)")
        }
        for plugin in plugins {
            do throws(PluginError) {
                try await plugin.host.initialize()
            } catch {
                await stop()
                throw PluginLoadError(
                    reference: plugin.use.reference, reason: error.description)
            }
        }
    }

    /// Gives up all calls and shuts the plugins down, each within its limit.
    public func stop() async {
        stage.cancelAll()
        for plugin in plugins.reversed() { await plugin.host.shutdown() }
        await client.shutdown(deadline: .zero)
    }

    /// How each plugin is, by its name in rules.
    public func health() async -> [(name: String, health: PluginHealth)] {
        var health: [(String, PluginHealth)] = []
        for plugin in plugins { health.append((plugin.use.name, await plugin.host.healthCheck())) }
        return health
    }

    /// What is known of each function's calls.
    public func snapshot() -> [FunctionSnapshot] { stage.snapshot() }

    /// What the network client that the plugins share has done.
    public var httpStatistics: HTTPStatistics { client.statistics }

    /// Opens what a lane decides with.
    /// - Parameters:
    ///   - plan: The topology's plan.
    ///   - origin: Where its records come from.
    ///   - wake: Called on any thread when answers have arrived.
    ///   - didFire: Told once per batch and fired rule, on the lane's thread.
    public func decider(
        _ plan: EvaluationPlan, options: EvaluationOptions = EvaluationOptions(),
        origin: RecordOrigin, wake: @escaping @Sendable () -> Void,
        didFire: @escaping (_ rule: Int, _ rows: Int) -> Void
    ) -> any BatchDecider {
        var readsFile = false
        if case .file = origin { readsFile = true }
        let context = LaneContext(
            topology: topology.name, jurisdiction: topology.jurisdiction, readsFile: readsFile)
        let desk = LaneCallDesk(stage, context: context, wake: wake)
        return CallingDecider(
            evaluator: BatchEvaluator(plan: plan, options: options, desk: desk), desk: desk,
            origin: origin, budget: topology.decisionBudget, time: time, didFire: didFire)
    }
}
