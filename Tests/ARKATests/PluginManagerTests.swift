import ArkaConfig
import ArkaEngine
import ArkaModel
import PactPlugins
import Testing

@testable import ARKA

@Suite struct PluginManagerTests {
    /// A manager of everything in this target.
    static func manager(
        clock: any Clock<Duration> = ContinuousClock()
    ) -> PluginManager {
        let types: [any Plugin.Type] = [
            EchoPlugin.self, PlainPlugin.self, WatchlistPlugin.self, NamelessPlugin.self,
            VersionlessPlugin.self, NamelessFunctionPlugin.self, TwinFunctionPlugin.self,
        ]
        let registry = types.reduce(PluginRegistry()) { $0.linking($1, namespace: "pact") }
        let surroundings = PluginManager.Surroundings(clock: clock)
        return PluginManager(registry, surroundings) { _, _, _ in }
    }

    /// What a load is refused with.
    private func refusal(
        _ manager: PluginManager, _ name: String, as ruleName: String? = nil,
        config: PluginConfiguration = [:], hosts: [String] = [], functions: [FunctionUse] = []
    ) async -> String {
        do {
            try await manager.load(
                name, as: ruleName, config: config, hosts: hosts, functions: functions)
            return "loaded"
        } catch {
            return "\(error)"
        }
    }

    // acceptance: S-31
    @Test func `everything that a plugin says of itself can be read, linked and loaded`()
        async throws
    {
        let manager = Self.manager()
        let linked = try #require(manager.linked.first { $0.reference == "pact/echo-chamber" })
        #expect(linked.metadata.name == "echo-chamber")
        #expect(linked.metadata.version == "1.2.3")
        #expect(linked.metadata.description == "Says what it is told")
        #expect(linked.metadata.author == "Acme")
        #expect(linked.metadata.license == "Apache-2.0")
        #expect(linked.metadata.configSchema.descend(["greeting"]) == String.schema)
        let plain = try #require(manager.linked.first { $0.reference == "pact/plain" }?.metadata)
        #expect(plain.dependencies == ["echo-chamber"])
        #expect(plain.author == "" && plain.license == "" && plain.configSchema == .any)

        #expect(manager.loaded.isEmpty)
        let loaded = try await manager.load("pact/echo-chamber", config: ["greeting": "hello"])
        #expect(manager.loaded == [loaded])
        #expect(loaded.metadata == linked.metadata)
        #expect(loaded.name == "echo_chamber" && loaded.reference == linked.reference)
        #expect(
            loaded.functions.map(\.path) == [
                "plugin.echo_chamber.say", "plugin.echo_chamber.say_at_once",
                "plugin.echo_chamber.say_when_released", "plugin.echo_chamber.shout",
            ])
        // What the schema says of the configuration is held to.
        let refused = await refusal(manager, "echo-chamber", as: "other", config: ["greeting": 1])
        #expect(refused.contains("greeting") && refused.contains("ARKA-PLUGIN-0020"), "\(refused)")
        await manager.shutdown()
    }

    @Test func `a name or a version that is not said is refused when it is loaded`() async {
        let manager = Self.manager()
        let nameless = await refusal(manager, "pact/")
        #expect(nameless.contains("ARKA-PLUGIN-0001"), "\(nameless)")
        let versionless = await refusal(manager, "versionless")
        #expect(versionless.contains("ARKA-PLUGIN-0001"), "\(versionless)")
        #expect(versionless.contains("'1.0.0'"))
        #expect(manager.loaded.isEmpty)
        await manager.shutdown()
    }

    // acceptance: S-103
    @Test func `several plugins are loaded by path or by name, each with its configuration`()
        async throws
    {
        let manager = Self.manager()
        let (first, second) = (Watch(), Watch())
        try await manager.load(
            "pact/echo-chamber", config: ["greeting": "hello", "watch": first.number])
        try await manager.load(
            "echo-chamber", as: "other", config: ["greeting": "bye", "watch": second.number])
        try await manager.load("pact/plain")
        #expect(manager.loaded.map(\.name) == ["echo_chamber", "other", "plain"])
        #expect(first.initializeCount == 1 && second.initializeCount == 1)
        let engine = try ARKAEngine(
            pluginManager: manager,
            rules: [
                .text(
                    """
                    rule both {
                        when {
                            plugin.echo_chamber.say(word: "you").text == "hello you"
                            plugin.other.say(word: "you").text == "bye you"
                            plugin.plain.seven().value == 7
                        }
                        then { reject(reason: "both") }
                    }
                    """)
            ], settings: EngineSettings(onUnknown: .review, decisionBudget: .seconds(600)))
        let decision = try await engine.evaluate(transaction: [:], plugins: engine.allPlugins)
        #expect(decision.status == .rejected, "\(decision.json)")

        let unknown = await refusal(manager, "pact/echo-chambre")
        #expect(unknown.contains("did you mean 'pact/echo-chamber'?"), "\(unknown)")
        #expect(unknown.contains("ARKA-PLUGIN-0021"))
        let plain = await refusal(manager, "palin")
        #expect(plain.contains("did you mean 'plain'?"), "\(plain)")
        let twice = await refusal(manager, "pact/plain")
        #expect(twice.contains("'plain' already") && twice.contains("ARKA-PLUGIN-0022"), "\(twice)")
        let missing = await refusal(manager, "echo-chamber", as: "third")
        #expect(missing.contains("greeting") && missing.contains("ARKA-PLUGIN-0020"), "\(missing)")
        #expect(manager.loaded.map(\.name) == ["echo_chamber", "other", "plain"])
        await engine.shutdown()
        await manager.shutdown()
    }

    @Test func `what a plugin declares wrongly is said when it is loaded`() async {
        let manager = Self.manager()
        let nameless = await refusal(manager, "nameless")
        #expect(nameless.contains("ARKA-PLUGIN-0003") && nameless.contains("empty name"))
        let twins = await refusal(manager, "twins")
        #expect(twins.contains("ARKA-PLUGIN-0004") && twins.contains("twins.ask"), "\(twins)")
        let name = await refusal(manager, "plain", as: "not a name")
        #expect(name.contains("rules cannot name 'not a name'"), "\(name)")
        let host = await refusal(manager, "plain", hosts: ["https://example.com/"])
        #expect(host.contains("is no host") && host.contains("without scheme"), "\(host)")
        let function = await refusal(manager, "plain", functions: [FunctionUse("sevn")])
        #expect(function.contains("did you mean 'seven'?"), "\(function)")
        #expect(manager.loaded.isEmpty)
        await manager.shutdown()
    }

    @Test func `one name in two namespaces must be said in full, and rules know one of them`()
        async throws
    {
        let registry = PluginRegistry().linking(PlainPlugin.self, namespace: "a")
            .linking(PlainPlugin.self, namespace: "b")
        let manager = PluginManager(registry)
        let ambiguous = await refusal(manager, "plain")
        #expect(ambiguous.contains("a/plain, b/plain"), "\(ambiguous)")
        try await manager.load("a/plain")
        let taken = await refusal(manager, "b/plain")
        #expect(taken.contains("'a/plain' by the name 'plain'"), "\(taken)")
        #expect(taken.contains("ARKA-PLUGIN-0022"))
        try await manager.load("b/plain", as: "plain_b")
        await #expect(throws: Never.self) { try await manager.unload("plain") }
        #expect(manager.loaded.map(\.reference) == ["b/plain"])
        await manager.shutdown()
    }

    @Test func `a plugin that does not start is shut down, and its name is free again`()
        async throws
    {
        let manager = Self.manager()
        let watch = Watch()
        let failed = await refusal(
            manager, "echo-chamber",
            config: ["greeting": "a", "watch": watch.number, "fails": true])
        #expect(failed.contains("the service is not there"), "\(failed)")
        #expect(watch.initializeCount == 1 && watch.shutdownCount == 1)
        #expect(manager.loaded.isEmpty)
        try await manager.load("echo-chamber", config: ["greeting": "a"])
        await manager.shutdown()
    }

    @Test func `many who load one name at once load it once`() async {
        let manager = Self.manager()
        let watch = Watch()
        let loaded = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await refusal(
                        manager, "echo-chamber", config: ["greeting": "a", "watch": watch.number])
                        == "loaded"
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(loaded == 1 && watch.initializeCount == 1)
        #expect(await manager.health()["echo_chamber"]?.isHealthy == true)
        await manager.shutdown()
    }

    // MARK: Ending

    @Test func `unload shuts a plugin down once, and says what is not loaded`() async throws {
        let manager = Self.manager()
        let watch = Watch()
        try await manager.load(
            "echo-chamber", config: ["greeting": "a", "watch": watch.number])
        #expect(try await manager.unload("pact/echo-chamber"))
        #expect(watch.shutdownCount == 1 && manager.loaded.isEmpty)
        let error = await #expect(throws: PluginLoadError.self) {
            try await manager.unload("echo_chamber")
        }
        #expect(error?.code.description == "ARKA-PLUGIN-0023")
        try await manager.load("plain")
        let near = await #expect(throws: PluginLoadError.self) {
            try await manager.unload("palin")
        }
        #expect("\(near.map { "\($0)" } ?? "")".contains("did you mean 'plain'?"))
        await manager.shutdown()
        #expect(watch.shutdownCount == 1)
    }

    @Test func `shutdown ends all plugins once, and nothing is loaded after it`() async throws {
        let manager = Self.manager()
        let watch = Watch()
        try await manager.load(
            "echo-chamber", config: ["greeting": "a", "watch": watch.number])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { await manager.shutdown() } }
        }
        #expect(watch.shutdownCount == 1)
        let late = await refusal(manager, "plain")
        #expect(late.contains("ARKA-PLUGIN-0025"), "\(late)")
    }

    @Test func `shutdown waits for a plugin that somebody else is ending already`() async throws {
        let (manager, watch, engine) = try await heldEngine()
        let decision = Task {
            try await engine.evaluate(transaction: [:], plugins: ["echo_chamber": true])
        }
        await watch.waitForCalls(1)
        let unloading = Task { try await manager.unload("echo-chamber") }
        while !manager.loaded.isEmpty { await Task.yield() }
        let endings = (0..<2).map { _ in
            Task {
                await manager.shutdown()
                return watch.log
            }
        }
        // Both have begun, or will find it so, once nothing can be loaded any more.
        while await !refusal(manager, "plain", hosts: ["no host"]).contains("was shut down") {
            await Task.yield()
        }
        watch.release()
        for ending in endings { #expect(await ending.value == ["answered", "shutdown"]) }
        #expect(try await unloading.value)
        #expect(try await decision.value.status == .rejected)
        await engine.shutdown()
    }

    @Test func `a shutdown waits for calls that run, and lets no more in`() async throws {
        let (manager, watch, engine) = try await heldEngine()
        let decision = Task {
            try await engine.evaluate(transaction: [:], plugins: ["echo_chamber": true])
        }
        await watch.waitForCalls(1)
        let unloading = Task { try await manager.unload("echo-chamber") }
        while !manager.loaded.isEmpty { await Task.yield() }
        #expect(watch.shutdownCount == 0)
        watch.release()
        #expect(try await unloading.value)
        #expect(watch.log == ["answered", "shutdown"])
        #expect(try await decision.value.status == .rejected)
        await engine.shutdown()
        await manager.shutdown()
    }

    @Test func `a call that does not end does not hold up the end of its plugin`() async throws {
        let (manager, watch, engine) = try await heldEngine(clock: FirstSleepClock())
        let decision = Task {
            try await engine.evaluate(transaction: [:], plugins: ["echo_chamber": true])
        }
        await watch.waitForCalls(1)
        #expect(try await manager.unload("echo-chamber"))
        #expect(watch.shutdownCount == 1 && watch.log == ["shutdown"])
        watch.release()
        _ = try await decision.value
        await engine.shutdown()
        await manager.shutdown()
    }

    private func heldEngine(
        clock: any Clock<Duration> = ContinuousClock()
    ) async throws -> (PluginManager, Watch, ARKAEngine) {
        let manager = Self.manager(clock: clock)
        let watch = Watch()
        try await manager.load(
            "echo-chamber", config: ["greeting": "a", "watch": watch.number])
        let engine = try ARKAEngine(
            pluginManager: manager,
            rules: [
                .text(
                    """
                    rule said {
                        when { plugin.echo_chamber.say_when_released(word: "b").text == "a b" }
                        then { reject(reason: "said") }
                    }
                    """)
            ], settings: EngineSettings(onUnknown: .review, decisionBudget: .seconds(600)))
        return (manager, watch, engine)
    }
}
