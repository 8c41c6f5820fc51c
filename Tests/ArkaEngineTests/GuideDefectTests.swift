import ArkaModel
import PactPlugins
import PactTesting
import Testing

/// The defects of the plugin guide's own code, and what happens here instead: a plugin written with the
/// SDK, called by a compiled rule, its decision read.
@Suite struct GuideDefectTests {
    private static let rule = """
        rule listed {
            when { plugin.lists.check(entity_id: transaction.id, lists: transaction.lists).hit }
            then { reject(reason: "listed") }
        }
        """

    /// Transactions of somebody, who is to be looked for on a list.
    private static func record(_ id: String, on list: String = "OFAC") -> String {
        #"{"id":"\#(id)","lists":["\#(list)"]}"#
    }

    // acceptance: X-1
    @Test func `a cache key names the arguments it takes, and calls with others work`() async throws
    {
        // The guide's key function takes the entity alone, and fails when a call has more arguments.
        let calls = Noted<String>()
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", cacheKey: ["entity_id"], cacheTTL: .seconds(3600)) {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: { id, lists in
                calls.add("\(id) \(lists)")
                return DataSourceResult(data: ["hit": .boolean(id == "bad")])
            }
        }
        let first = try lane.decide([Self.record("bad"), Self.record("good")])
        #expect(first.map(\.status) == ["rejected", "compliant"])
        let other = try lane.decide(Self.record("bad", on: "UN"))
        #expect(other.status == "rejected" && other.outcome == "cached")
        #expect(Set(calls.all) == [#"bad ["OFAC"]"#, #"good ["OFAC"]"#])

        await #expect {
            _ = try await PluginLane(rules: Self.rule) { _, _ in
                DataSource("check", cacheKey: ["entity"], cacheTTL: .seconds(3600)) {
                    Parameter("entity_id", String.self)
                    Parameter("lists", [String].self)
                } answer: { _, _ in
                    DataSourceResult()
                }
            }
        } throws: { error in
            "\(error)".contains("the cache key names 'entity', which is no parameter")
                && "\(error)".contains("did you mean 'entity_id'?")
        }
    }

    // acceptance: X-2
    @Test func `an answer for one list is none for another, unless the function says so`()
        async throws
    {
        // The guide's key ignores the lists: who asks about the EU's gets what OFAC's said.
        let calls = Noted<[String]>()
        @Sendable func answer(_ id: String, _ lists: [String]) -> DataSourceResult {
            calls.add(lists)
            return DataSourceResult(data: ["hit": .boolean(lists == ["OFAC"])])
        }
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", cacheTTL: .seconds(3600)) {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: {
                answer($0, $1)
            }
        }
        #expect(try lane.decide(Self.record("a", on: "OFAC")).status == "rejected")
        let europe = try lane.decide(Self.record("a", on: "EU"))
        #expect(europe.status == "compliant" && europe.outcome == "answered")
        #expect(try lane.decide(Self.record("a", on: "OFAC")).outcome == "cached")
        #expect(calls.all == [["OFAC"], ["EU"]])

        let careless = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", cacheKey: ["entity_id"], cacheTTL: .seconds(3600)) {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: {
                answer($0, $1)
            }
        }
        #expect(try careless.decide(Self.record("a", on: "OFAC")).status == "rejected")
        #expect(try careless.decide(Self.record("a", on: "EU")).status == "rejected")
    }

    // acceptance: X-3
    @Test func `a stored answer that is empty is a hit`() async throws {
        // The guide asks `if cached:`, so an empty answer is looked up again and again.
        let calls = Noted<String>()
        let rule = """
            rule listed {
                when { plugin.lists.check(entity_id: transaction.id).hit ?? false }
                then { reject(reason: "listed") }
            }
            """
        let lane = try await PluginLane(rules: rule) { _, _ in
            DataSource("check", cacheTTL: .seconds(3600)) {
                Parameter("entity_id", String.self)
            } answer: { id in
                calls.add(id)
                return DataSourceResult(data: [:])
            }
        }
        let outcomes = try (0..<3).map { _ in try lane.decide(#"{"id":"a"}"#).outcome }
        #expect(outcomes == ["answered", "cached", "cached"])
        #expect(calls.all == ["a"])
        #expect(try lane.decide(#"{"id":"b"}"#).outcome == "answered", "another one is asked for")
    }

    // acceptance: X-4
    @Test func `a hit says when it expires, and has the answer's metadata`() async throws {
        // The guide's hit has neither.
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", cacheTTL: .seconds(3600)) {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: { id, _ in
                DataSourceResult(
                    data: ["hit": true],
                    metadata: id == "plain" ? nil : ["source": "OFAC", "version": 7])
            }
        }
        let first = try lane.decide(Self.record("a")).call
        #expect(first["outcome"] == "answered" && first["expires_in_ms"] == nil)
        #expect(first["metadata"] == ["source": "OFAC", "version": 7])
        lane.pass(.seconds(600))
        let hit = try lane.decide(Self.record("a")).call
        #expect(hit["outcome"] == "cached" && hit["age_ms"] == 600_000)
        #expect(hit["expires_in_ms"] == 3_000_000)
        #expect(hit["metadata"] == ["source": "OFAC", "version": 7])
        try lane.decide(Self.record("plain"))
        let plain = try lane.decide(Self.record("plain")).call
        #expect(plain["outcome"] == "cached" && plain["metadata"] == nil)
    }

    // acceptance: X-5
    @Test func `a call beyond its time-out ends as one that timed out, and its code is cancelled`()
        async throws
    {
        // The guide stores the time-out and never looks at it.
        let held = HeldCalls<Bool>()
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", timeout: .seconds(2)) {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: { _, _ in
                DataSourceResult(data: ["hit": .boolean(try await held.hold())])
            }
        }
        lane.submit([Self.record("a")])
        lane.pass(.milliseconds(1999))
        #expect(lane.decisions == [nil] && held.count == 1 && held.cancelled == [])
        lane.pass(.milliseconds(1))
        #expect(held.cancelled == [0])
        let decision = try #require(lane.decisions[0])
        #expect(decision.status == "manual_review" && decision.outcome == "timeout")
        #expect(decision["unknown"]?[0]?["cause"] == "timeout")
        #expect(
            decision.call["error"]?.text?.contains(
                "no answer from plugin.lists.check within 2s") == true, "\(decision)")
        // What it says after that is heard by nobody.
        held.answer(0, true)
        lane.run()
        #expect(lane.decisions == [decision])
        lane.submit([Self.record("b")])
        lane.pass(.milliseconds(1999))
        held.answer(1, true)
        lane.run()
        #expect(lane.decisions[1]?.status == "rejected", "it was in time")

        await #expect {
            _ = try await PluginLane(rules: Self.rule) { _, _ in
                DataSource("check", timeout: .zero) {
                    Parameter("entity_id", String.self)
                    Parameter("lists", [String].self)
                } answer: { _, _ in
                    DataSourceResult()
                }
            }
        } throws: { "\($0)".contains("`timeout` must be more than zero") }
    }

    // acceptance: X-6
    @Test func `functions without a description are registered and called`() async throws {
        // The guide's decorator fails without one, and its own examples have none.
        let rules = """
            rule all {
                when {
                    plugin.lists.find(id: transaction.id).is_found
                    plugin.lists.add(id: transaction.id).is_added
                    plugin.lists.judge(id: transaction.id).valid
                }
                then { reject(reason: "all") }
            }
            """
        let lane = try await PluginLane(rules: rules) { _, _ in
            DataSource("find") {
                Parameter("id", String.self)
            } answer: { _ in
                DataSourceResult(data: ["is_found": true])
            }
            Enrichment("add") {
                Parameter("id", String.self)
            } answer: { _ in
                EnrichmentResult(enrichments: ["is_added": true])
            }
            Validator("judge") {
                Parameter("id", String.self)
            } answer: { id in
                ValidationResult(valid: id == "a")
            }
        }
        #expect(
            try lane.decide(#"{"id":"a"}"#, #"{"id":"b"}"#).map(\.status) == [
                "rejected", "compliant",
            ])
    }

    // acceptance: X-13
    @Test func `a call without an answer finds nothing in a test, and is unknown in production`()
        async throws
    {
        // The guide mocks nothing and expects `compliant`; where there is no test, that would be a hole.
        let number = ScriptedPlugin.keep { _, services in
            DataSource("check") {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: { _, _ in
                let found = try await services.requestJSON(url: "https://lists.test/check")
                return DataSourceResult(data: ["hit": try .boolean(found.read("hit"))])
            }
        }
        let harness = try PluginTestHarness(
            ScriptedPlugin.self, configuration: ["script": PluginValue(number)])
        let context = MockContext(transaction: ["id": "a", "lists": ["OFAC"]])
        let unmocked = try await harness.evaluateWithPlugin(ruleDSL: Self.rule, context: context)
        #expect(unmocked.status == "compliant" && unmocked.unknown == [:])
        harness.mockHTTPError(url: "https://lists.test/check", status: 503)
        let failing = try await harness.evaluateWithPlugin(ruleDSL: Self.rule, context: context)
        #expect(failing.status == "manual_review", "an error that is mocked is one")

        // The same rule in the engine, with each way in which a plugin may have nothing to say.
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check") {
                Parameter("entity_id", String.self)
                Parameter("lists", [String].self)
            } answer: { id, _ in
                switch id {
                case "throws": throw PluginError("no list is loaded")
                case "fails": DataSourceResult.failure("the list is being loaded")
                case "empty": DataSourceResult(data: [:])
                default: DataSourceResult(data: ["hit": false])
                }
            }
        }
        let records = ["throws", "fails", "empty", "fine"].map { Self.record($0) }
        let decisions = try lane.decide(records)
        #expect(
            decisions.map(\.status) == [
                "manual_review", "manual_review", "manual_review", "compliant",
            ])
        #expect(decisions[0]["unknown"]?[0]?["cause"] == "failed")
        #expect(decisions[1]["unknown"]?[0]?["cause"] == "failed")
        #expect(decisions[2]["unknown"]?[0]?["cause"] == "absent")
        #expect(decisions[0]["degraded"] == true && decisions[3]["degraded"] == nil)
    }
}
