import ArkaModel
import ArkaResilience
public import PactPlugins

/// Runs a plugin under test: without network, on a clock that does not wait.
///
/// The plugin is initialized with the first call. Whatever goes wrong is a result without success,
/// as in the engine; caches, breakers and time limits are the engine's and are not here.
public final class PluginTestHarness: Sendable {
    /// The way out: set mocks here, and read what was requested.
    public let http: MockHTTP
    /// The time; retries of actions move it.
    public let clock: VirtualClock
    /// The plugin with its configuration.
    public let host: PluginHost
    private let audit = RecordedAudit()

    /// Makes a plugin under test.
    /// - Throws: What the plugin's `init` throws, or ``PactPlugins/RegistrationFailure``.
    public init(
        _ type: any Plugin.Type, configuration: PluginConfiguration = [:]
    ) throws {
        let http = MockHTTP()
        let clock = VirtualClock()
        self.http = http
        self.clock = clock
        host = try PluginHost(
            type, configuration: configuration,
            services: PluginServices(
                http: http, time: clock,
                audit: AuditLogger(plugin: type.metadata.name, sink: audit)))
    }

    /// What the plugin has written into the audit trail, in its order, each value with its class.
    public var auditRecords: [AuditEntry] { audit.records }

    /// Answers requests to an address with JSON.
    public func mockHTTPResponse(url: String, response: PluginValue, status: Int = 200) {
        http.mockHTTPResponse(url: url, response: response, status: status)
    }

    /// Answers requests to an address with an error status.
    public func mockHTTPError(url: String, status: Int) {
        http.mockHTTPError(url: url, status: status)
    }

    /// Calls a data source.
    public func callDataSource(
        _ name: String, _ arguments: [String: PluginValue] = [:],
        context: MockContext = MockContext()
    ) async -> DataSourceResult {
        DataSourceResult(await answer(name, .dataSource, arguments, context.pluginContext).outcome)
    }

    /// Calls an enrichment.
    public func callEnrichment(
        _ name: String, _ arguments: [String: PluginValue] = [:],
        context: MockContext = MockContext()
    ) async -> EnrichmentResult {
        EnrichmentResult(await answer(name, .enrichment, arguments, context.pluginContext).outcome)
    }

    /// Calls a validator.
    public func callValidator(
        _ name: String, _ arguments: [String: PluginValue] = [:],
        context: MockContext = MockContext()
    ) async -> ValidationResult {
        ValidationResult(await answer(name, .validation, arguments, context.pluginContext).outcome)
    }

    /// Performs an action, with the attempts that it declares and the engine's pauses between them: 1, 2,
    /// 4, … seconds of ``clock``, none after the last. One that is to be queued is performed at once all the same.
    public func callAction(
        _ name: String, _ arguments: [String: PluginValue] = [:],
        context: MockContext = MockContext()
    ) async -> ActionResult {
        var context = context.pluginContext
        context.idempotencyKey = "test-\(name)"
        let retry = RetryPolicy(attemptsMax: attempts(of: name))
        var number = 1
        while true {
            let attempt = await answer(name, .action, arguments, context)
            if attempt.outcome.isSuccess { return ActionResult(attempt.outcome) }
            let next = retry.decide(
                afterAttempt: number, failure: attempt.failure, end: nil, at: clock.monotonic)
            guard case .retry(let pause) = next, (try? await clock.sleep(for: pause)) != nil
            else { return ActionResult(attempt.outcome) }
            number += 1
        }
    }

    private func attempts(of action: String) -> Int {
        (try? host.dispatch.function(action, kind: .action))?.settings.attempts ?? 1
    }

    func answer(
        _ name: String, _ kind: FunctionSignature.Kind, _ arguments: [String: PluginValue],
        _ context: PluginContext
    ) async -> Attempt {
        do {
            try await host.initialize()
            let answer = try await host.dispatch.call(name, kind: kind, arguments, context)
            return Attempt(
                outcome: answer, mayBeRepeated: !answer.isSuccess && answer.isRetryable)
        } catch {
            return Attempt(error)
        }
    }
}
