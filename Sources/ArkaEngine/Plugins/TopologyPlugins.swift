public import ArkaCalls
public import ArkaConfig
public import ArkaEvaluate
public import ArkaHTTP
public import ArkaModel
public import ArkaPipeline
import ArkaResilience
public import ArkaSecrets
import ArkaSystem
public import PactPlugins
import Synchronization

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
    private let clock: any Clock<Duration>
    private let watch: PluginWatch
    private let secrets: SecretStore?
    /// The stop that was asked for first.
    private let stopping = Mutex<Task<Void, Never>?>(nil)
    private let log: @Sendable (String, PluginServices.LogLevel, String) -> Void

    /// Loads the plugins that a topology uses; nothing of them is started.
    /// - Parameters:
    ///   - registry: What is linked into the program.
    ///   - time: The clock of budgets, limits and caches.
    ///   - clock: What plugins' own limits are measured with, and the pauses between health checks.
    ///   - alarm: What wakes the calls; by default it sleeps until `time` says so.
    ///   - executor: Where plugins' functions run; `nil` for the process' common threads.
    ///   - surroundings: The environment, the secrets and the audit trail of the process.
    ///   - log: Takes what plugins have to say, and what there is to say of them; the first argument is
    ///     the plugin's name in rules.
    /// - Throws: The first plugin that cannot be loaded.
    public init(
        _ topology: TopologySpec, _ registry: PluginRegistry, time: any TimeSource,
        clock: any Clock<Duration> = ContinuousClock(), alarm: (any CallAlarm)? = nil,
        executor: (any TaskExecutor)? = nil,
        surroundings: PluginSurroundings = PluginSurroundings(),
        log: @escaping @Sendable (String, PluginServices.LogLevel, String) -> Void
    ) throws(PluginLoadError) {
        self.topology = topology
        self.time = time
        self.clock = clock
        self.log = log
        let client = HTTPClient(HTTPClientSettings(plugins: topology), time: time)
        var plugins: [LoadedPlugin] = []
        for use in topology.plugins {
            guard let type = registry[use.reference] else {
                throw PluginLoadError(
                    reference: use.reference, reason: "it is not linked into this program")
            }
            plugins.append(
                try LoadedPlugin(
                    use, type: type, client: client, time: time, clock: clock,
                    surroundings: surroundings
                ) { level, line in log(use.name, level, line) })
        }
        secrets = surroundings.secrets
        self.client = client
        self.plugins = plugins
        watch = PluginWatch(
            plugins, interval: EngineLimits.healthInterval, clock: clock, log: log)
        stage = CallStage(
            try Self.plan(topology, plugins), time: time, alarm: alarm ?? SleepingAlarm(time),
            executor: executor, jitterSeed: .random(in: 0 ... .max))
    }

    private static func plan(
        _ topology: TopologySpec, _ plugins: [LoadedPlugin]
    ) throws(PluginLoadError) -> CallPlan {
        do throws(CallPlanProblems) {
            return try CallPlan(topology.rules.book, of: plugins)
        } catch {
            throw PluginLoadError(reference: topology.name, reason: "\(error)")
        }
    }

    /// Starts the network client, reads the secrets that plugins declare, and initialises each plugin, in
    /// the order of the topology.
    /// - Throws: The first that does not start, or whose secret cannot be read; those before it have been
    ///   shut down again.
    public func start() async throws(PluginLoadError) {
        do throws(SystemError) {
            try client.start()
        } catch {
            throw PluginLoadError(reference: topology.name, reason: "\(error)")
        }
        do throws(PluginLoadError) {
            try await secrets?.prepare(for: plugins)
            for plugin in plugins { try await plugin.initialize() }
        } catch {
            await stop()
            throw error
        }
        secrets?.start()
    }

    /// What was read of secrets; `nil` where there is nowhere to read them from.
    public var secretCounts: SecretStore.Counts? { secrets?.counts }

    /// Gives up all calls, waits until each has come back, and then shuts each plugin down; once, however
    /// often this is asked for. Plugins do not wait for each other.
    ///
    /// A function that does not come back and a plugin that does not end are named in a warning and left
    /// behind when their time is over: ``EngineLimits/callsEnd`` and ``EngineLimits/pluginShutdown``.
    /// - Parameter limit: How long all of it takes at most, if that is less: a third for calls, the rest
    ///   for plugins.
    public func stop(within limit: Duration? = nil) async {
        let task = stopping.withLock { stopping in
            let task = stopping ?? Task { await self.end(within: limit) }
            stopping = task
            return task
        }
        await task.value
    }

    private func end(within limit: Duration?) async {
        watch.stop()
        secrets?.stop()
        stage.cancelAll()
        let callsEnd = limit.map { min($0 / 3, EngineLimits.callsEnd) } ?? EngineLimits.callsEnd
        if await !callsCameBack(within: callsEnd) { warnOfCalls() }
        let shutdown = limit.map { min($0 / 3 * 2, EngineLimits.pluginShutdown) }
        await withTaskGroup { group in
            for plugin in plugins {
                group.addTask { await self.shutDown(plugin, within: shutdown) }
            }
        }
        await client.shutdown(deadline: .zero)
    }

    private func callsCameBack(within limit: Duration) async -> Bool {
        let (ends, end) = AsyncStream<Bool>.makeStream(bufferingPolicy: .bufferingOldest(1))
        stage.whenIdle { end.yield(true) }
        let timer = Task { [clock] in
            guard (try? await clock.sleep(for: limit)) != nil else { return }
            end.yield(false)
        }
        defer { timer.cancel() }
        for await areBack in ends { return areBack }
        return false
    }

    private func warnOfCalls() {
        for plugin in plugins {
            let paths = plugin.host.functions.map(\.signature.path)
            for function in stage.snapshot()
            where function.inFlight > 0 && paths.contains(function.function) {
                log(
                    plugin.use.name, .warning,
                    "calls that were cancelled and have not ended: \(function.inFlight) of "
                        + function.function)
            }
        }
    }

    private func shutDown(_ plugin: LoadedPlugin, within limit: Duration?) async {
        if await !plugin.host.shutdown(within: limit) {
            log(plugin.use.name, .warning, "it did not shut down in time and is left behind")
        }
    }

    /// Asks each plugin how it is from now on, every ``EngineLimits/healthInterval``, until ``stop(within:)``.
    /// Nothing of it runs on a lane, and no decision depends on it.
    public func watchHealth() { watch.start() }

    /// How each plugin was when it was last asked; from any thread, asks nobody.
    public var healthReports: [PluginReport] { watch.reports }

    /// How each plugin is, by its name in rules.
    public func health() async -> [(name: String, health: PluginHealth)] {
        var health: [(String, PluginHealth)] = []
        for plugin in plugins { health.append((plugin.use.name, await plugin.health())) }
        return health
    }

    /// Which functions keep lanes from reading for longer than passing load does, and why, one sentence
    /// each; empty if none does.
    public var standstills: [String] { standstillReasons(stage.snapshot()) }

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
