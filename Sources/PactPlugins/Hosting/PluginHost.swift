import ArkaModel

/// A plugin that is loaded, with its configuration and its functions: starts it once, stops it once,
/// and asks how it is.
public actor PluginHost {
    /// How long the host waits for the plugin.
    public struct Limits: Sendable, Hashable {
        /// For `initialize`; one that takes longer has failed.
        public var initialize: Duration
        /// For `shutdown`, and for an `initialize` that is still running then.
        public var shutdown: Duration
        /// For `healthCheck`.
        public var healthCheck: Duration

        /// Makes limits.
        public init(
            initialize: Duration = .seconds(60), shutdown: Duration = .seconds(10),
            healthCheck: Duration = .seconds(5)
        ) {
            self.initialize = initialize
            self.shutdown = shutdown
            self.healthCheck = healthCheck
        }
    }

    /// Where the plugin's life stands.
    public enum State: Sendable, Hashable {
        /// It was made; `initialize` was not called.
        case notInitialized
        /// `initialize` is running.
        case initializing
        /// Its functions may be called.
        case running
        /// `initialize` threw.
        case failed
        /// `shutdown` is running.
        case stopping
        /// It has ended, or its time to do so was over.
        case stopped
    }

    /// What the plugin says of itself.
    public nonisolated let metadata: PluginMetadata
    /// Its configuration.
    public nonisolated let configuration: PluginConfiguration
    /// Its functions, by name.
    public nonisolated let dispatch: FunctionDispatch

    private let plugin: any Plugin
    private let clock: any Clock<Duration>
    private let limits: Limits
    private var lifecycle = HostLifecycle()
    /// The plugin's `initialize`, which may outlast what is waited for.
    private var initializing: Task<String?, Never>?
    private var starting: Task<String?, Never>?
    private var stopping: Task<Bool, Never>?
    /// The health check that has not answered yet.
    private var question: HealthQuestion?

    private struct HealthQuestion {
        let task: Task<PluginHealth, Never>
        /// Nobody waits for it any more.
        var isOverdue = false
    }

    /// Makes a plugin and registers its functions; nothing else is called on it.
    /// - Parameters:
    ///   - ruleName: What rules call it; `nil` for its own name.
    ///   - clock: What limits are measured with.
    /// - Throws: ``ConfigurationProblem`` if the configuration is not as the plugin's metadata say, what
    ///   its `init` throws, or ``RegistrationFailure``.
    public init(
        _ type: any Plugin.Type, as ruleName: String? = nil, configuration: PluginConfiguration,
        services: PluginServices, limits: Limits = Limits(),
        clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        let plugin = try type.make(configuration, services: services)
        self.plugin = plugin
        self.configuration = configuration
        self.limits = limits
        self.clock = clock
        metadata = type.metadata
        dispatch = FunctionDispatch(try plugin.registeredFunctions(as: ruleName))
    }

    /// The functions as the engine calls them.
    public nonisolated var functions: [RegisteredFunction] { dispatch.functions }

    /// Where the plugin's life stands.
    public var state: State {
        switch lifecycle.state {
        case .made: .notInitialized
        case .starting: .initializing
        case .running: .running
        case .failed: .failed
        case .stopping: .stopping
        case .stopped: .stopped
        }
    }

    /// Whether `shutdown` did not end within its limit, and was left behind.
    public var wasAbandoned: Bool { lifecycle.state == .stopped(wasAbandoned: true) }

    /// Initializes the plugin: calls it exactly once, however often and from wherever this is asked;
    /// all callers return when it has ended.
    /// - Throws: ``PluginError`` with the plugin's reason if it failed or took too long, to all who ask;
    ///   or if the plugin was shut down.
    public func initialize() async throws(PluginError) {
        switch lifecycle.start() {
        case .nothing: return
        case .refuse(let reason): throw PluginError(reason, isRetryable: false)
        case .initialize:
            let work = Task<String?, Never> { [plugin] in
                do {
                    try await plugin.initialize()
                    return nil
                } catch {
                    return "the plugin does not initialize: \(error)"
                }
            }
            initializing = work
            starting = Task { [limits, clock] in
                let ended = await outcome(within: limits.initialize, on: clock) {
                    await work.value
                }
                if let ended { return ended }
                work.cancel()
                return "the plugin does not initialize within \(limits.initialize)"
            }
        case .wait: break
        }
        let failure = await starting?.value
        lifecycle.started(failure: failure)
        if let failure { throw PluginError(failure, isRetryable: false) }
        guard lifecycle.state == .running else {
            throw PluginError("the plugin was shut down", isRetryable: false)
        }
    }

    /// Shuts the plugin down: calls it exactly once if `initialize` was begun, and returns when it has
    /// ended or its time is over. All callers wait for that one call.
    /// - Parameters:
    ///   - limit: How long this takes at most, if that is less than ``Limits/shutdown``.
    ///   - idle: Returns once nothing of the plugin runs any more. It is waited for before, as long again.
    ///     The first caller's counts, like its limit.
    /// - Returns: Whether it ended in time.
    @discardableResult
    public func shutdown(
        within limit: Duration? = nil, after idle: (@Sendable () async -> Void)? = nil
    ) async -> Bool {
        if lifecycle.stop() == .shutDown {
            question?.task.cancel()
            stopping = stoppingTask(
                within: min(limit ?? limits.shutdown, limits.shutdown), after: idle)
        }
        guard let stopping else { return true }
        let isInTime = await stopping.value
        lifecycle.stopped(wasAbandoned: !isInTime)
        return isInTime
    }

    /// Asks the plugin how it is. Healthy is only one that runs and answers so in time.
    ///
    /// It is asked one question at a time: who asks while one is out shares its answer, and as long as
    /// one that was late has not ended the plugin is unhealthy without being asked again.
    public func healthCheck() async -> PluginHealth {
        guard lifecycle.state == .running else {
            var details: PluginValue = ["state": .string("\(state)")]
            if case .failed(let reason) = lifecycle.state { details["error"] = .string(reason) }
            return PluginHealth(isHealthy: false, details: details)
        }
        if question?.isOverdue == true { return .late }
        let task = question?.task ?? ask()
        let health = await outcome(within: limits.healthCheck, on: clock) { await task.value }
        if health == nil, !Task.isCancelled {
            task.cancel()
            if question?.task == task { question?.isOverdue = true }
        }
        return health ?? .late
    }

    private func ask() -> Task<PluginHealth, Never> {
        let task = Task { [plugin] in
            let health = await plugin.healthCheck()
            question = nil
            return health
        }
        question = HealthQuestion(task: task)
        return task
    }

    private func stoppingTask(
        within limit: Duration, after idle: (@Sendable () async -> Void)?
    ) -> Task<Bool, Never> {
        Task { [plugin, initializing, clock] in
            if let idle { _ = await outcome(within: limit, on: clock, of: idle) }
            let end: Void? = await outcome(within: limit, on: clock) {
                _ = await initializing?.value
                await plugin.shutdown()
            }
            if end == nil { initializing?.cancel() }
            return end != nil
        }
    }
}

extension PluginHealth {
    /// The health of a plugin that does not say.
    fileprivate static var late: PluginHealth {
        PluginHealth(
            isHealthy: false, details: ["error": "the health check did not answer in time"])
    }
}
