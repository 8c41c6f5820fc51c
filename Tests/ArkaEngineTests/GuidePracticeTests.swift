import ArkaEngine
import ArkaEvaluate
import ArkaHTTP
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import ManualTime
import PactPlugins
import Synchronization
import Testing

/// What the plugin guide recommends to its readers, done by the engine and counted.
@Suite(.timeLimit(.minutes(10))) struct GuidePracticeTests {
    private static let rule = """
        rule listed {
            when {
                transaction.amount > 100
                plugin.lists.check(id: transaction.id).hit
            }
            then { reject(reason: "listed") }
        }
        """

    private static func record(_ id: String, amount: Int = 500) -> String {
        #"{"id":"\#(id)","amount":\#(amount)}"#
    }

    // acceptance: S-158
    @Test
    func `caching, kept connections, waiting without threads and batching work and are counted`()
        async throws
    {
        try await expectHitsCounted()
        try await expectConnectionsReused()
        try await expectNoThreadBlocked()
        try await expectBatchesCounted()
    }

    /// Ten questions about two people are two calls and eight hits.
    private func expectHitsCounted() async throws {
        let calls = Noted<String>()
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", cacheTTL: .seconds(60)) {
                Parameter("id", String.self)
            } answer: { id in
                calls.add(id)
                return DataSourceResult(data: ["hit": .boolean(id == "1")])
            }
        }
        for number in 0..<10 { try lane.decide(Self.record("\(number % 2)")) }
        #expect(calls.count == 2)
        #expect(
            lane.decisions.map { $0?.status }
                == (0..<10).map { $0 % 2 == 1 ? "rejected" : "compliant" })
        lane.expectMetric(#"arka_calls_total{function="plugin.lists.check",outcome="cached"} 8"#)
        lane.expectMetric(#"arka_calls_total{function="plugin.lists.check",outcome="answered"} 2"#)
    }

    /// Ten requests one after the other go over one connection.
    private func expectConnectionsReused() async throws {
        let server = try LoopbackServer(answer: #"{"hit":true}"#)
        let lane = try await OutgoingLane(rules: Self.rule, hosts: ["127.0.0.1"]) { _, services in
            DataSource("check") {
                Parameter("id", String.self)
            } answer: { _ in
                DataSourceResult(
                    data: try await services.requestJSON(url: "http://127.0.0.1:\(server.port)/"))
            }
        }
        for number in 0..<10 {
            let decision = try await lane.decide(Self.record("\(number)"))
            #expect(decision.status == "rejected" && decision.outcome == "answered", "\(decision)")
        }
        #expect(server.requests == 10)
        lane.plugins.expectMetric("arka_http_requests_total 10")
        lane.plugins.expectMetric("arka_http_connections_opened_total 1")
        lane.plugins.expectMetric("arka_http_connections_reused_total 9")
        await lane.plugins.stop()
    }

    /// All calls are out at once though there is one thread for everything, the test's own; and a
    /// transaction that needs none is decided meanwhile.
    private func expectNoThreadBlocked() async throws {
        let held = HeldCalls<Bool>()
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check") {
                Parameter("id", String.self)
            } answer: { _ in
                DataSourceResult(data: ["hit": .boolean(try await held.hold())])
            }
        }
        lane.submit((0..<200).map { Self.record("\($0)") })
        lane.run()
        #expect(held.count == 200)
        lane.expectMetric(#"arka_calls_in_flight{function="plugin.lists.check"} 200"#)
        #expect(try lane.decide(Self.record("small", amount: 1)).status == "compliant")
        #expect(lane.decisions.count { $0 == nil } == 200)
        held.answerAll(true)
        lane.run()
        #expect(lane.decisions.prefix(200).allSatisfy { $0?.status == "rejected" })
        lane.expectMetric(#"arka_calls_in_flight{function="plugin.lists.check"} 0"#)
    }

    /// The questions of a batch are one call, up to as many as the function takes.
    private func expectBatchesCounted() async throws {
        let sizes = Noted<Int>()
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", itemsMax: 40) {
                Parameter("id", String.self)
            } answerAll: { ids in
                sizes.add(ids.count)
                return ids.map { _ in DataSourceResult(data: ["hit": true]) }
            }
        }
        let decisions = try lane.decide((0..<100).map { Self.record("\($0)") })
        #expect(decisions.allSatisfy { $0.status == "rejected" })
        #expect(sizes.all == [40, 40, 20])
        lane.expectMetric(#"arka_call_dispatches_total{function="plugin.lists.check"} 3"#)
        lane.expectMetric(#"arka_call_items_total{function="plugin.lists.check"} 100"#)
    }

    // acceptance: S-159
    @Test func `a server that never answers costs the time-out, and its request is taken back`()
        async throws
    {
        let hung = try LoopbackServer(answer: nil)
        let fine = try LoopbackServer(answer: #"{"hit":true}"#)
        let lane = try await OutgoingLane(rules: Self.rule, hosts: ["127.0.0.1"]) { _, services in
            DataSource("check") {
                Parameter("id", String.self)
            } answer: { id in
                let port = id == "hung" ? hung.port : fine.port
                return DataSourceResult(
                    data: try await services.requestJSON(
                        url: "http://127.0.0.1:\(port)/", timeout: .seconds(3600)))
            }
        }
        async let deciding = lane.decide(Self.record("hung"))
        for await _ in hung.received { break }
        // The request is out, and the time-out is the one that a function has by default.
        lane.time.pass(.milliseconds(29_999))
        lane.plugins.expectMetric(#"arka_calls_in_flight{function="plugin.lists.check"} 1"#)
        lane.time.pass(.milliseconds(1))
        lane.plugins.expectMetric(
            #"arka_calls_total{function="plugin.lists.check",outcome="timeout"} 1"#)
        // If that failed, the decision's budget ends what goes on.
        lane.time.pass(.seconds(30))
        let decision = try await deciding
        #expect(decision.status == "manual_review" && decision["degraded"] == true)
        #expect(decision.outcome == "timeout")
        #expect(
            decision.call["error"]?.text?.contains(
                "no answer from plugin.lists.check within 30s") == true, "\(decision)")
        #expect(decision["unknown"]?[0]?["cause"] == "timeout")
        // The client hangs up, long before the request's own limit.
        for await _ in hung.closed { break }
        // Who does not ask it, or asks one that answers, does not notice.
        #expect(try await lane.decide(Self.record("hung", amount: 1)).status == "compliant")
        #expect(try await lane.decide(Self.record("other")).status == "rejected")
        await lane.plugins.stop()
        #expect(lane.plugins.httpStatistics.failures == [.cancelled: 1])
    }
}

/// A lane for plugins that go out to servers: it waits for their answers, while limits go by the test's
/// clock.
private final class OutgoingLane: @unchecked Sendable {
    let time = ManualTime()
    let plugins: TopologyPlugins
    private let decider: WaitingDecider
    private let batch = RecordBatch()

    init(
        rules: String, hosts: [String], @FunctionsBuilder _ script: @escaping ScriptedPlugin.Script
    ) async throws {
        let number = ScriptedPlugin.keep(script)
        let topology = try pluginTopology(
            uses: "[{plugin: own/lists, config: {script: \(number)}, hosts: \(hosts)}]",
            rules: rules)
        plugins = try TopologyPlugins(
            topology, .scripted, time: time.clock, alarm: time.alarm
        ) { _, _, _ in }
        try await plugins.start()
        let answers = try WakeEvent()
        decider = WaitingDecider(
            plugins.decider(
                EvaluationPlan(topology), origin: .file("f"), wake: { answers.raise() },
                didFire: { _, _ in }), answers: answers)
    }

    /// Decides a record to its end, on a thread of its own as lanes are: one that waits must not be one
    /// of those that functions run on.
    func decide(_ record: String) async throws -> PluginValue {
        let thread = Mutex<Thread?>(nil)
        let decision = try await withCheckedThrowingContinuation { continuation in
            do {
                let started = try Thread("lane") {
                    continuation.resume(with: Result { try self.decideHere(record) })
                }
                thread.withLock { $0 = started }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        thread.withLock { $0 }?.join()
        return decision
    }

    private func decideHere(_ record: String) throws -> PluginValue {
        batch.removeAll()
        batch.append(record: Array(record.utf8), partition: 0, offset: 0, timestamp: 0)
        decider.decide(batch, at: 0)
        guard case .decided(_, let start, let count) = batch.outcomes[0] else {
            throw TopologyRefusal(description: "\(batch.outcomes[0])")
        }
        return try PluginValue(json: batch.outputBytes(from: start, count: count))
    }
}

extension PluginLane {
    fileprivate func expectMetric(
        _ line: String, _ location: SourceLocation = #_sourceLocation
    ) {
        plugins.expectMetric(line, location)
    }
}

extension TopologyPlugins {
    /// Expects a line among the metrics of the plugins' calls.
    func expectMetric(_ line: String, _ location: SourceLocation = #_sourceLocation) {
        let metrics = MetricsRegistry()
        declareCallMetrics(of: self, in: metrics)
        let lines = metrics.exposition().split(separator: "\n")
        #expect(lines.contains { $0 == line }, "\(line)", sourceLocation: location)
    }
}
