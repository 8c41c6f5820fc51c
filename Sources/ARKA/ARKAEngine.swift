import ArkaCalls
import ArkaEngine
import ArkaEvaluate
public import ArkaModel
public import PactPlugins
import Synchronization

/// Decides transactions by rules that call plugins, inside of a program: no Kafka, no topology.
///
/// Rules are evaluated and calls are made as in `pact run`: with caches, circuit breakers, bulkheads,
/// retries, time limits and the decision's budget. Actions of plugins are listed and not carried out.
///
/// May be used from many tasks at once. Evaluations never block a task's thread; how many wait at the
/// same time is the caller's to bound. Calls are known to one engine: two engines have two caches.
public final class ARKAEngine: Sendable {
    /// What was found in the rules that is probably not as meant.
    public let warnings: [Diagnostic]

    private let plugins: [ManagedPlugin]
    private let stage: CallStage
    let lanes: [EvaluationLane]
    private let count = Atomic<Int>(0)

    /// Compiles rules with what the loaded plugins offer, and starts the threads that decide.
    /// - Parameters:
    ///   - pluginManager: Its plugins that are loaded now are the engine's.
    ///   - rules: Rule texts and files, in the order in which decisions list them.
    /// - Throws: ``EngineProblems`` with everything that is wrong, rules with their lines and carets; or
    ///   ``ArkaSystem/SystemError`` if the system gives no thread.
    /// - Precondition: The settings have at least one lane.
    public init(
        pluginManager: PluginManager, rules: [EngineText] = [],
        settings: EngineSettings = EngineSettings()
    ) throws {
        precondition(settings.lanes >= 1, "an engine has a thread to decide on")
        let plugins = pluginManager.plugins
        let parts = try EngineParts(rules, settings, plugins: plugins)
        let time = pluginManager.surroundings.time
        let stage = CallStage(
            parts.calls, time: time, alarm: SleepingAlarm(time),
            jitterSeed: .random(in: 0 ... .max))
        let plan = EvaluationPlan(parts.topology)
        var lanes: [EvaluationLane] = []
        do {
            for _ in 0..<settings.lanes {
                lanes.append(
                    try EvaluationLane { wake in
                        LaneWork(stage, plan, settings, time: time, wake: wake)
                    })
            }
        } catch {
            for lane in lanes { lane.close() }
            throw error
        }
        self.plugins = plugins
        self.stage = stage
        self.lanes = lanes
        warnings = parts.warnings
    }

    deinit {
        // The threads do not keep the engine: one that is dropped takes them along.
        for lane in lanes { lane.close() }
    }

    /// All plugins of the engine that are loaded, enabled: what `evaluate` takes to do without none.
    public var allPlugins: [String: Bool] {
        let names = plugins.filter(\.isLoaded).map { ($0.name, true) }
        return Dictionary(names) { first, _ in first }
    }

    /// Decides a transaction.
    /// - Parameters:
    ///   - transaction: An object.
    ///   - plugins: The plugins that it may use, by their names in rules. One that is not named, or is
    ///     `false`, is not called, nor are answers of it taken from the cache: rules that need it are
    ///     unknown, with the cause `disabled`, and the decision says so.
    /// - Throws: ``EvaluationRefusal`` if `plugins` names one that is not loaded, the transaction breaks
    ///   the schema, or the engine was shut down; `CancellationError` if the task is cancelled while it
    ///   waits for calls.
    public func evaluate(
        transaction: PluginValue, plugins: [String: Bool]
    ) async throws -> Decision {
        try await evaluate(transactionJSON: transaction.json, plugins: plugins)
    }

    /// Decides a transaction that is given as JSON text; see ``evaluate(transaction:plugins:)``.
    public func evaluate(
        transactionJSON: String, plugins: [String: Bool]
    ) async throws -> Decision {
        try await evaluate(transactionJSON: Array(transactionJSON.utf8), plugins: plugins)
    }

    /// Decides a transaction that is given as the bytes of a JSON text; they need not be valid UTF-8. See
    /// ``evaluate(transaction:plugins:)``.
    public func evaluate(
        transactionJSON: [UInt8], plugins: [String: Bool]
    ) async throws -> Decision {
        let withheld = try withheld(plugins)
        let number = count.add(1, ordering: .relaxed).newValue
        let evaluation = Evaluation(number, record: transactionJSON, withheld: withheld)
        return try await decide(evaluation)
    }

    func decide(_ evaluation: Evaluation) async throws -> Decision {
        switch try await lanes[evaluation.number % lanes.count].decide(evaluation) {
        case .decided(let status, let json): return Decision(status, json: json)
        case .refused(let letter): throw EvaluationRefusal(letter)
        }
    }

    /// The plugins that are not enabled.
    private func withheld(_ enabled: [String: Bool]) throws(EvaluationRefusal) -> Set<String> {
        let loaded = Set(plugins.filter(\.isLoaded).map(\.name))
        let unknown = Set(enabled.keys).subtracting(loaded)
        guard unknown.isEmpty else {
            throw EvaluationRefusal(unknown: unknown.sorted(), loaded: loaded.sorted())
        }
        return Set(plugins.map(\.name).filter { !loaded.contains($0) || enabled[$0] != true })
    }

    /// Decides nothing more: evaluations that wait end with ``EvaluationRefusal``, their calls are given
    /// up, and the threads end. The plugins stay loaded.
    public func shutdown() async {
        for lane in lanes { lane.close() }
        for lane in lanes { await lane.waitUntilEnded() }
        stage.cancelAll()
    }
}

extension LaneWork {
    /// Opens what one lane of an engine works with.
    fileprivate convenience init(
        _ stage: CallStage, _ plan: EvaluationPlan, _ settings: EngineSettings,
        time: any TimeSource, wake: @escaping @Sendable () -> Void
    ) {
        let context = LaneContext(
            topology: settings.name, jurisdiction: settings.jurisdiction, readsFile: true)
        let desk = LaneCallDesk(stage, context: context, wake: wake)
        self.init(
            desk,
            CallingDecider(
                evaluator: BatchEvaluator(plan: plan, desk: desk), desk: desk,
                origin: .file(settings.name), budget: settings.decisionBudget, time: time
            ) { _, _ in }, time: time)
    }
}
