import ArkaAdmin
import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaSystem
import ArkaTelemetry
import PactPlugins
import Testing
import WatchedPlugin

@testable import PactProgram

/// How plugins are, as the admin port shows it.
@Suite(.timeLimit(.minutes(1))) struct PluginHealthTests {
    private let life = WatchedLife()
    private let other = WatchedLife()
    private let clock = StepClock()

    /// Two plugins, watched.
    private func start() async throws -> TopologyPlugins {
        let uses = [("first", life), ("second", other)].map { name, life in
            var use = PluginUse(
                "own/watched", name: name,
                configuration: ["life": PluginValue(life.number), "api_key": "s3cret-4711"])
            use.environmentTexts = ["from-the-environment"]
            return use
        }
        let topology = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out",
            plugins: uses)
        let plugins = try TopologyPlugins(
            topology, PluginRegistry().linking(WatchedPlugin.self, namespace: "own"),
            time: SystemTime(), clock: clock
        ) { _, _, _ in }
        try await plugins.start()
        plugins.watchHealth()
        return plugins
    }

    private func healthz(_ plugins: TopologyPlugins) -> (status: Int?, text: String) {
        let routes = adminRoutes(registry: MetricsRegistry()) {
            plugins.healthReports
        } health: {
            KafkaHealth(reasons: [])
        }
        let answer = routes["/healthz"]?()
        return (answer?.status, String(decoding: answer?.body ?? [], as: UTF8.self))
    }

    private func metrics(_ plugins: TopologyPlugins) -> String {
        let registry = MetricsRegistry()
        declareCallMetrics(of: plugins, in: registry)
        return registry.exposition()
    }

    /// Lets tasks run until something is so.
    private func until(_ isSo: () -> Bool) async { while !isSo() { await Task.yield() } }

    /// Waits until both plugins have been asked and the pause after that has begun.
    private func untilBothPause() async {
        await until { clock.sleepers(for: EngineLimits.healthInterval) == 2 }
    }

    // acceptance: S-37
    @Test func `each plugin is asked every ten seconds, and the health output shows its answer`()
        async throws
    {
        let plugins = try await start()
        await untilBothPause()
        #expect(healthz(plugins).text == "alive\nplugin first: healthy\nplugin second: healthy\n")
        for round in 2...4 {
            clock.advance(by: EngineLimits.healthInterval)
            await untilBothPause()
            #expect(life.healthChecks == round && other.healthChecks == round)
        }
        clock.advance(by: EngineLimits.healthInterval - .nanoseconds(1))
        #expect(life.healthChecks == 4, "not before its time")

        life.health = PluginHealth(isHealthy: false, details: ["error": "no answer from the list"])
        clock.advance(by: .nanoseconds(1))
        await untilBothPause()
        let shown = healthz(plugins)
        #expect(shown.status == 200, "a service that fails is no reason to end the process")
        #expect(
            shown.text == """
                alive
                plugin first: not healthy {"error":"no answer from the list"}
                plugin second: healthy

                """)
        let metrics = metrics(plugins)
        #expect(metrics.contains("arka_plugin_healthy{plugin=\"first\"} 0\n"))
        #expect(metrics.contains("arka_plugin_healthy{plugin=\"second\"} 1\n"))
        await plugins.stop()
    }

    @Test func `secrets and control characters do not reach the health output`() async throws {
        life.health = PluginHealth(
            isHealthy: false,
            details: [
                "error": "401 for key s3cret-4711\nplugin second: not healthy\u{202E}",
                "url": "https://from-the-environment/list",
                "session": ["access_token": "abc", "tries": 3],
                "login": ["privateKey": "abc", "access-key": "abc", "Passphrase": "abc"],
                "long": .string(String(repeating: "x", count: 2000)),
            ])
        let plugins = try await start()
        await untilBothPause()
        let lines = healthz(plugins).text.split(separator: "\n")
        #expect(lines.count == 3 && lines[2] == "plugin second: healthy")
        #expect(lines[1].contains("401 for key [redacted]\\nplugin second: not healthy\u{FFFD}"))
        #expect(lines[1].contains("https://[redacted]/list"))
        #expect(lines[1].contains("\"access_token\":\"[redacted]\",\"tries\":3"))
        #expect(!lines[1].contains("abc"))
        #expect(lines[1].hasSuffix("x…") && lines[1].count < EngineLimits.healthTextMax + 50)
        await plugins.stop()
    }

    @Test func `a plugin that does not answer is unhealthy, and is not asked a second time`()
        async throws
    {
        life.healthGate.close()
        let plugins = try await start()
        // The other one has answered; the limit of this one's answer runs.
        await until {
            clock.sleepers(for: EngineLimits.healthInterval) == 1
                && clock.sleepers(for: .seconds(5)) == 1
        }
        #expect(healthz(plugins).text.contains("plugin first: not asked yet\n"))
        #expect(!metrics(plugins).contains("plugin=\"first\""))
        clock.advance(by: .seconds(5))
        await until { healthz(plugins).text.contains("plugin first: not healthy") }
        #expect(healthz(plugins).text.contains("did not answer in time"))
        for _ in 0..<5 {
            await until { clock.sleepers(for: EngineLimits.healthInterval) > 0 }
            clock.advance(by: EngineLimits.healthInterval)
        }
        #expect(life.healthChecks == 1 && life.healthChecksOut == 1)
        await until { other.healthChecks > 2 }

        life.healthGate.open()
        await until { life.healthChecksOut == 0 }
        while life.healthChecks == 1 {
            clock.advance(by: EngineLimits.healthInterval)
            await Task.yield()
        }
        await until { healthz(plugins).text.contains("plugin first: healthy") }
        await plugins.stop()
    }

    @Test func `nobody is asked any more after the stop`() async throws {
        let plugins = try await start()
        await untilBothPause()
        await plugins.stop()
        await until { clock.sleepers(for: EngineLimits.healthInterval) == 0 }
        clock.advance(by: EngineLimits.healthInterval * 3)
        #expect(life.healthChecks == 1)
    }
}
