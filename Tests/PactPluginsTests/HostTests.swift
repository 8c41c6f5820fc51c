import PactPlugins
import PactTesting
import Synchronization
import Testing

@Suite struct HostTests {
    private func host(
        _ configuration: PluginConfiguration = [:], clock: any Clock<Duration> = NeverClock()
    ) throws -> PluginHost {
        try PluginHost(
            LifePlugin.self, configuration: configuration, services: sampleServices(),
            clock: clock)
    }

    // acceptance: S-33
    @Test
    func `a plugin is not initialized until it is asked to be, and its configuration is kept`()
        async throws
    {
        let life = Life()
        let host = try host(["life": life.value, "key": 1])
        #expect(await host.state == .notInitialized)
        #expect(life.initialized == 0)
        #expect(host.configuration["key"] == 1)
        #expect(await !host.healthCheck().isHealthy)
        try await host.initialize()
        #expect(await host.state == .running)
        #expect(await host.healthCheck().isHealthy)
    }

    // acceptance: S-35
    @Test func `initialize is called once, though many ask at the same time`() async throws {
        let life = Life()
        let host = try host(["life": life.value])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await host.initialize() } }
            try await group.waitForAll()
        }
        try await host.initialize()
        #expect(life.initialized == 1)
        let failing = Life()
        let broken = try self.host(["life": failing.value, "fails": true])
        for _ in 0..<2 {
            let error = await #expect(throws: PluginError.self) { try await broken.initialize() }
            #expect(error?.description.contains("no model") == true)
        }
        #expect(failing.initialized == 1)
        #expect(await broken.state == .failed)
        #expect(await broken.healthCheck().details["error"]?.text?.contains("no model") == true)
    }

    @Test func `shutdown is called once, though many ask, and nothing starts after it`()
        async throws
    {
        let life = Life()
        let host = try host(["life": life.value])
        try await host.initialize()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { await host.shutdown() } }
            for await isInTime in group { #expect(isInTime) }
        }
        #expect(life.shutDown == 1)
        #expect(await host.state == .stopped)
        #expect(await !host.healthCheck().isHealthy)
        await #expect(throws: PluginError.self) { try await host.initialize() }
        #expect(life.initialized == 1)
    }

    @Test func `a shutdown that does not end is left behind when its time is over`() async throws {
        let life = Life()
        let host = try host(["life": life.value, "hangs": true], clock: StartedClock())
        try await host.initialize()
        #expect(await !host.shutdown())
        #expect(await host.wasAbandoned)
        #expect(await host.state == .stopped)
        #expect(await !host.shutdown())
        life.release()
    }

    @Test func `a shutdown waits for what still runs, no longer than its limit`() async throws {
        let life = Life()
        let host = try host(["life": life.value])
        try await host.initialize()
        let (calls, call) = AsyncStream<Never>.makeStream()
        let end = Task {
            await host.shutdown {
                for await _ in calls {}
                life.countInitialized()
            }
        }
        while await host.state != .stopping { await Task.yield() }
        #expect(life.shutDown == 0)
        call.finish()
        #expect(await end.value)
        #expect(life.shutDown == 1 && life.initialized == 2)

        let other = Life()
        let busy = try self.host(["life": other.value], clock: FirstSleepClock())
        try await busy.initialize()
        #expect(await busy.shutdown { await other.hang() })
        #expect(other.shutDown == 1, "it is shut down all the same")
        other.release()
    }

    @Test func `a configuration that is not as the metadata say is refused before init`() throws {
        #expect {
            try PluginHost(
                StrictPlugin.self, configuration: ["key": 1], services: sampleServices())
        } throws: { error in
            "\(error)".contains("key") && error is ConfigurationProblem
        }
        #expect(throws: ConfigurationProblem.self) { try StrictPlugin.signatures(with: [:]) }
        #expect(try StrictPlugin.signatures(with: ["key": "k"]).count == 1)
        func refusal(_ configuration: PluginConfiguration) -> String? {
            let problem = #expect(throws: ConfigurationProblem.self) {
                try StrictPlugin.signatures(with: configuration)
            }
            return problem?.description
        }
        #expect(
            refusal(["key": "k", "kay": 1])
                == "the plugin's configuration takes no 'kay'; did you mean 'key'?")
        #expect(
            refusal(["key": "k", "other": 1])
                == "the plugin's configuration takes no 'other'; it takes key")
    }

    @Test func `a plugin that takes too long to initialize has failed`() async throws {
        let life = Life()
        // On this clock the limit is over at once.
        let host = try host(
            ["life": life.value, "hangs_early": true], clock: VirtualClock())
        for _ in 0..<2 {
            let error = await #expect(throws: PluginError.self) { try await host.initialize() }
            #expect(
                error?.description
                    == "the plugin does not initialize within \(Duration.seconds(60))")
        }
        #expect(await host.state == .failed && life.initialized == 1)
        #expect(await !host.shutdown(), "it is still initializing, and is left behind")
        #expect(life.shutDown == 0)
        life.release()
    }

    @Test func `a plugin that never finishes initializing does not hold up the end`() async throws {
        let life = Life()
        let host = try host(
            ["life": life.value, "hangs_early": true], clock: StartedClock())
        let start = Task { try await host.initialize() }
        while await host.state == .notInitialized { await Task.yield() }
        #expect(await !host.shutdown())
        #expect(await host.state == .stopped)
        life.release()
        await #expect(throws: PluginError.self) { try await start.value }
        #expect(life.initialized == 1)
    }

    @Test func `a plugin that never is not shut down, and one that failed is`()
        async throws
    {
        let life = Life()
        let host = try host(["life": life.value])
        #expect(await host.shutdown())
        #expect(life.shutDown == 0)
        #expect(await host.state == .stopped)
        let broken = try self.host(["life": life.value, "fails": true])
        try? await broken.initialize()
        #expect(await broken.shutdown())
        #expect(life.shutDown == 1)
    }

    @Test func `a health check that does not answer is no health`() async throws {
        let life = Life()
        let host = try host(["life": life.value, "silent": true], clock: StartedClock())
        try await host.initialize()
        let health = await host.healthCheck()
        #expect(!health.isHealthy)
        #expect(health.pluginValue["healthy"] == false)
        #expect(health.details["error"]?.text?.contains("in time") == true)
        life.release()
    }

    @Test func `those who ask at the same time share one health check`() async throws {
        let life = Life()
        let host = try host(["life": life.value, "silent": true])
        try await host.initialize()
        let first = Task { await host.healthCheck() }
        while life.healthChecks == 0 { await Task.yield() }
        async let second = host.healthCheck()
        async let third = host.healthCheck()
        life.release()
        #expect(await first.value.isHealthy)
        #expect(await second.isHealthy)
        #expect(await third.isHealthy)
        // Whether the others came in time to share it is the scheduler's; none was asked beside it.
        #expect(life.healthChecksOutMax == 1)
    }

    @Test func `a plugin that cannot be made of its configuration says what is missing`() {
        let error = #expect(throws: ConfigurationProblem.self) {
            try PluginHost(
                SanctionsListPlugin.self, configuration: ["api_endpoint": 1],
                services: sampleServices())
        }
        #expect(error?.description.contains("api_endpoint must be a text, not a number") == true)
    }

    @Test func `all orders of four events keep the promises of a plugin's life`() {
        for code in 0..<256 {
            var lifecycle = TestedLifecycle()
            for step in 0..<4 { lifecycle.take(code >> (2 * step) & 3) }
            #expect(lifecycle.initializeCount <= 1 && lifecycle.shutdownCount <= 1)
            #expect(lifecycle.shutdownCount == 0 || lifecycle.initializeCount == 1)
        }
    }
}

/// A plugin that says what its configuration must be, and does not look at it.
private struct StrictPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "strict", version: "1.0.0", description: "Is configured with a key",
        configSchema: .fields(["key": String.self]))

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        DataSource("ping", "Answers") {
        } answer: {
            DataSourceResult()
        }
    }
}
