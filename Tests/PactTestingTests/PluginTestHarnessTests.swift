import PactPlugins
import PactTesting
import Synchronization
import Testing

/// The plugin that the guide tests: a data source and an action, both over HTTP.
private struct MyPlugin: DataSourcePlugin, ActionPlugin {
    static let metadata = PluginMetadata(
        name: "my-plugin", version: "1.0.0", description: "Custom compliance plugin")
    let services: PluginServices
    let endpoint: String

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        endpoint = try configuration.read("api_endpoint")
    }

    var functions: [DeclaredFunction] {
        DataSource("check_entity", "Check entity against custom database") {
            Parameter("entity_id", String.self)
            Parameter("check_type", default: "full")
            Context()
        } answer: { _, _, context in
            var data = try await services.requestJSON(url: "\(endpoint)/check")
            data["seen"] = context.transaction?["amount"]
            data["jurisdiction"] = PluginValue(context.jurisdiction)
            return DataSourceResult(data: data)
        }
        Action("log_event", "Log compliance event") {
            Parameter("event_type", String.self)
            Parameter("details", [String: PluginValue].self)
        } answer: { type, details in
            _ = try await services.requestJSON(
                .post, url: "\(endpoint)/log",
                body: ["type": .string(type), "details": PluginValue(details)])
            return ActionResult()
        }
    }
}

/// A plugin with actions that fail as often as a test says.
private struct FailingPlugin: ActionPlugin {
    static let metadata = PluginMetadata(
        name: "failing", version: "1.0.0", description: "Fails as often as it is told.")
    let attempts = Counter()
    let successfulAttempt: Int

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        successfulAttempt = try configuration.read("succeeds_at", default: Int.max)
    }

    var functions: [DeclaredFunction] {
        Action("throws", "Throws") {
        } answer: {
            let attempt = attempts.next()
            if attempt < successfulAttempt { throw PluginError("failure \(attempt)") }
            return ActionResult(data: ["attempt": PluginValue(attempt)])
        }
        Action("answers", "Answers without success") {
        } answer: {
            let attempt = attempts.next()
            return attempt < successfulAttempt
                ? ActionResult(success: false, error: "failure \(attempt)")
                : ActionResult(data: ["attempt": PluginValue(attempt)])
        }
        Action("once", "Is not repeated", retryOnFailure: false) {
        } answer: {
            throw PluginError("failure \(attempts.next())")
        }
        Action("five", "Is tried five times", maxRetries: 5) {
        } answer: {
            throw PluginError("failure \(attempts.next())")
        }
        Action("barred", "Goes where the network does not lead") {
        } answer: {
            throw HTTPFailure(
                .notAllowed, message: "failure \(attempts.next())", mayHaveBeenSent: false)
        }
        Action("cut_off", "Goes where the network leads at times") {
        } answer: {
            throw HTTPFailure(
                .unreachable, message: "failure \(attempts.next())", mayHaveBeenSent: false)
        }
        Action("hopeless", "Says that trying again does not help") {
        } answer: {
            throw PluginError("failure \(attempts.next())", isRetryable: false)
        }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

@Suite struct PluginTestHarnessTests {
    private let harness: PluginTestHarness

    init() throws {
        harness = try PluginTestHarness(
            MyPlugin.self, configuration: ["api_endpoint": "https://mock-api.test"])
    }

    private func failing(_ configuration: PluginConfiguration = [:]) throws -> PluginTestHarness {
        try PluginTestHarness(FailingPlugin.self, configuration: configuration)
    }

    // acceptance: S-120
    @Test func `a plugin runs without a network, and what is not mocked is named`() async throws {
        harness.mockHTTPResponse(url: "https://mock-api.test/log", response: [:])
        let result = await harness.callDataSource("check_entity", ["entity_id": "entity-123"])
        #expect(!result.success)
        #expect(
            result.error?.contains(
                "no mock for https://mock-api.test/check; mocked are: https://mock-api.test/log")
                == true, "\(result.error ?? "")")
        #expect(harness.http.unmockedURLs == ["https://mock-api.test/check"])
        #expect(await harness.host.state == .running)
        #expect(throws: ConfigurationProblem.self) { try PluginTestHarness(MyPlugin.self) }
    }

    // acceptance: S-121
    @Test func `a mocked response answers requests to its address only`() async throws {
        harness.mockHTTPResponse(
            url: "https://mock-api.test/check", response: ["match": false, "score": 0.1])
        harness.mockHTTPResponse(url: "https://other.test/check", response: ["match": true])
        let result = await harness.callDataSource("check_entity", ["entity_id": "entity-123"])
        #expect(result.success)
        #expect(result.data["match"] == false && result.data["score"] == 0.1)
        #expect(harness.http.requests.map(\.url) == ["https://mock-api.test/check"])
        harness.mockHTTPResponse(url: "https://mock-api.test/check", response: ["match": true])
        let second = await harness.callDataSource("check_entity", ["entity_id": "entity-123"])
        #expect(second.data["match"] == true)
        let action = await harness.callAction("log_event", ["event_type": "e", "details": [:]])
        #expect(!action.success)
    }

    // acceptance: S-122
    @Test(arguments: [500, 503, 404, 301])
    func `a mocked error status is a result without success that says so`(_ status: Int) async {
        harness.mockHTTPError(url: "https://mock-api.test/check", status: status)
        let result = await harness.callDataSource("check_entity", ["entity_id": "entity-123"])
        #expect(!result.success && result.data == [:])
        #expect(result.error?.lowercased().contains("error") == true)
        #expect(result.error?.contains("\(status)") == true)
    }

    // acceptance: S-125
    @Test func `functions see the transaction and the jurisdiction of the mocked context`() async {
        harness.mockHTTPResponse(url: "https://mock-api.test/check", response: [:])
        let context = MockContext(
            transaction: ["id": "txn-123", "amount": 5000], jurisdiction: "US")
        #expect(context.pluginContext.transactionID == "txn-123")
        let result = await harness.callDataSource(
            "check_entity", ["entity_id": "e"], context: context)
        #expect(result.data["seen"] == 5000 && result.data["jurisdiction"] == "US")
        let none = await harness.callDataSource("check_entity", ["entity_id": "e"])
        #expect(none.data["seen"] == nil && none.data["jurisdiction"] == .null)
    }

    @Test func `an action is performed with its arguments`() async throws {
        harness.mockHTTPResponse(url: "https://mock-api.test/log", response: ["logged": true])
        let result = await harness.callAction(
            "log_event",
            ["event_type": "compliance_check", "details": ["transaction_id": "txn-123"]])
        #expect(result.success)
        let body = try PluginValue(json: try #require(harness.http.requests[0].body))
        #expect(body["details"] == ["transaction_id": "txn-123"])
        let refused = await harness.callAction("log_event", ["event_type": "e", "details": 1])
        #expect(refused.error == "details must be an object, not a number")
    }

    // acceptance: S-55
    @Test func `an action is tried as often as it says, the first time included`() async throws {
        for (name, attempts) in [("throws", 3), ("once", 1), ("five", 5)] {
            let result = await (try failing()).callAction(name)
            #expect(result.error == "failure \(attempts)", "\(name)")
        }
        let second = await (try failing(["succeeds_at": 2])).callAction("throws")
        #expect(second.success && second.data == ["attempt": 2])
    }

    // acceptance: S-56
    @Test func `attempts are 1, 2, 4 seconds apart, with no wait after the last`() async throws {
        let harness = try failing()
        _ = await harness.callAction("five")
        #expect(harness.clock.waits == [1, 2, 4, 8].map(Duration.seconds))
        let success = try failing(["succeeds_at": 3])
        #expect(await success.callAction("throws").success)
        #expect(success.clock.waits == [1, 2].map(Duration.seconds))
    }

    // acceptance: X-7
    @Test func `an action that is not repeated does not wait after its only attempt`() async throws
    {
        // X-7: the guide sleeps a second after it.
        let harness = try failing()
        #expect(await !harness.callAction("once").success)
        #expect(harness.clock.waits == [])
    }

    // acceptance: S-58
    @Test func `an action whose attempts are used up has the last failure's text`() async throws {
        let result = await (try failing()).callAction("throws")
        #expect(result == ActionResult(success: false, error: "failure 3"))
        let success = await (try failing(["succeeds_at": 3])).callAction("throws")
        #expect(success.success && success.error == nil)
    }

    // acceptance: X-9
    @Test func `an answer without success is tried again like an error`() async throws {
        // X-9: the guide repeats exceptions only.
        let harness = try failing(["succeeds_at": 2])
        #expect(await harness.callAction("answers").data == ["attempt": 2])
        #expect(await (try failing()).callAction("answers").error == "failure 3")
    }

    @Test func `what cannot get better is not tried again`() async throws {
        for name in ["hopeless", "barred"] {
            #expect(await (try failing()).callAction(name).error == "failure 1", "\(name)")
        }
        #expect(await (try failing()).callAction("cut_off").error == "failure 3")
        let harness = try failing()
        #expect(await !harness.callAction("unknown").success)
        #expect(await !harness.callAction("throws", ["extra": 1]).success)
        #expect(harness.clock.waits == [])
    }
}
