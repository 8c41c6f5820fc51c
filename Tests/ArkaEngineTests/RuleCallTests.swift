import ArkaModel
import PactPlugins
import Testing

/// Calls of plugins' functions as rules make them: what is kept of their answers, what goes out
/// together, and what the decision says of it.
@Suite struct RuleCallTests {
    // MARK: What the decision says

    // acceptance: S-43
    @Test func `an enrichment's warnings reach the decision, and its result survives JSON`()
        async throws
    {
        let full = EnrichmentResult(
            success: false, enrichments: ["risk": 1.50, "names": ["a"]], warnings: ["w"],
            error: "e")
        #expect(
            full.pluginValue.members.map(\.name) == ["success", "enrichments", "warnings", "error"])
        #expect(try EnrichmentResult(wire: PluginValue(json: full.pluginValue.json)) == full)
        for broken in [#"{"success":true}"#, #"{"success":1,"enrichments":{}}"#] {
            #expect(throws: ArgumentMismatch.self) {
                try EnrichmentResult(wire: PluginValue(json: broken))
            }
        }

        let rules = """
            rule risky {
                when { plugin.lists.enrich(country: transaction.country).risk > 80 }
                then { flag_for_review(reason: "risky") }
            }
            """
        let lane = try await PluginLane(rules: rules) { _, _ in
            Enrichment("enrich", cacheTTL: .seconds(60)) {
                Parameter("country", String.self)
            } answer: { country in
                switch country {
                case "XX":
                    EnrichmentResult(success: false, error: "no such country")
                case "DE": EnrichmentResult(enrichments: ["risk": 10])
                default:
                    EnrichmentResult(
                        enrichments: ["risk": 90], warnings: ["\"\(country)\" is new", "second"])
                }
            }
        }
        let record = #"{"country":"SS"}"#
        for outcome in ["answered", "cached"] {
            let decision = try lane.decide(record)
            #expect(decision.status == "flagged" && decision.outcome == outcome)
            #expect(decision.call["warnings"] == [#""SS" is new"#, "second"])
        }
        let quiet = try lane.decide(#"{"country":"DE"}"#)
        #expect(quiet.status == "compliant" && quiet.call["warnings"] == nil)
        let failed = try lane.decide(#"{"country":"XX"}"#)
        #expect(failed.status == "manual_review" && failed["degraded"] == true)
        #expect(failed.call["error"] == "no such country")
    }

    // MARK: What is kept

    private static let rule = """
        rule listed {
            when { plugin.lists.check(id: transaction.id, lists: transaction.lists).hit }
            then { reject(reason: "listed") }
        }
        """

    private static func record(_ id: String, on list: String) -> String {
        #"{"id":"\#(id)","lists":["\#(list)"]}"#
    }

    // acceptance: S-48
    @Test func `the cache key is all arguments and the configuration, or those that it names`()
        async throws
    {
        let rules = """
            rule first {
                when { plugin.first.all(id: transaction.id, lists: transaction.lists).hit }
                then { reject(reason: "first") }
            }
            rule second {
                when { plugin.second.all(id: transaction.id, lists: transaction.lists).hit }
                then { reject(reason: "second") }
            }
            rule third {
                when { plugin.first.named(lists: transaction.lists, id: transaction.id).hit }
                then { reject(reason: "third") }
            }
            """
        let calls = Noted<String>()
        let lane = try await PluginLane(
            rules: rules,
            uses: """
                [{plugin: own/lists, name: first, config: {script: $script, answer: 1}},
                 {plugin: own/lists, name: second, config: {script: $script, answer: 2}}]
                """
        ) { configuration, _ in
            let own = (try? configuration.read("answer", as: Int.self)) ?? 0
            DataSource("all", cacheTTL: .seconds(60)) {
                Parameter("id", String.self)
                Parameter("lists", [String].self)
            } answer: { id, lists in
                calls.add("all \(own) \(id) \(lists[0])")
                return DataSourceResult(data: ["hit": false])
            }
            DataSource("named", cacheKey: ["id"], cacheTTL: .seconds(60)) {
                Parameter("id", String.self)
                Parameter("lists", [String].self)
            } answer: { id, lists in
                calls.add("named \(id) \(lists[0])")
                return DataSourceResult(data: ["hit": false])
            }
        }
        for list in ["OFAC", "EU", "OFAC", "EU"] { try lane.decide(Self.record("a", on: list)) }
        #expect(
            calls.all.sorted() == [
                "all 1 a EU", "all 1 a OFAC", "all 2 a EU", "all 2 a OFAC", "named a OFAC",
            ])
        let decision = try lane.decide(Self.record("b", on: "OFAC"))
        #expect(
            decision["calls"]?.elements.map { $0["outcome"] } == [
                "answered", "answered", "answered",
            ])

        // A key that names no parameter at all would give all calls one answer.
        for key in [["name"], []] {
            await #expect {
                _ = try await PluginLane(rules: Self.rule) { _, _ in
                    DataSource("check", cacheKey: key, cacheTTL: .seconds(60)) {
                        Parameter("id", String.self)
                        Parameter("lists", [String].self)
                    } answer: { _, _ in
                        DataSourceResult()
                    }
                }
            } throws: { error in
                "\(error)".contains(
                    key.isEmpty ? "an empty cache key" : "'name', which is no parameter")
            }
        }
    }

    // acceptance: S-49
    @Test func `an answer is kept for its time to live and no longer, and for zero not at all`()
        async throws
    {
        let rules = """
            rule kept {
                when { plugin.lists.kept(id: transaction.id).hit }
                then { reject(reason: "kept") }
            }
            rule fresh {
                when { plugin.lists.fresh(id: transaction.id).hit }
                then { reject(reason: "fresh") }
            }
            rule configured {
                when { plugin.lists.configured(id: transaction.id).hit }
                then { reject(reason: "configured") }
            }
            """
        let calls = Noted<String>()
        @Sendable func answer(_ name: String) -> DataSourceResult {
            calls.add(name)
            return DataSourceResult(data: ["hit": false])
        }
        let lane = try await PluginLane(
            rules: rules,
            uses: """
                [{plugin: own/lists, config: {script: $script},
                  functions: [{name: configured, cache_ttl: 0s}]}]
                """
        ) { _, _ in
            DataSource("kept", cacheTTL: .seconds(60)) {
                Parameter("id", String.self)
            } answer: { _ in
                answer("kept")
            }
            DataSource("fresh", cacheTTL: .zero) {
                Parameter("id", String.self)
            } answer: { _ in
                answer("fresh")
            }
            DataSource("configured", cacheTTL: .seconds(60)) {
                Parameter("id", String.self)
            } answer: { _ in
                answer("configured")
            }
        }
        func outcomes() throws -> [String?] {
            try lane.decide(#"{"id":"a"}"#)["calls"]?.elements.map { $0["outcome"]?.text } ?? []
        }
        #expect(try outcomes() == ["answered", "answered", "answered"])
        #expect(try outcomes() == ["cached", "answered", "answered"])
        lane.pass(.milliseconds(59_999))
        #expect(try outcomes() == ["cached", "answered", "answered"])
        lane.pass(.milliseconds(1))
        #expect(try outcomes() == ["answered", "answered", "answered"])
        #expect(calls.all.count { $0 == "kept" } == 2)
        #expect(calls.all.count { $0 == "fresh" } == 4)

        await #expect {
            _ = try await PluginLane(rules: Self.rule) { _, _ in
                DataSource("check", cacheTTL: .seconds(-1)) {
                    Parameter("id", String.self)
                    Parameter("lists", [String].self)
                } answer: { _, _ in
                    DataSourceResult()
                }
            }
        } throws: { "\($0)".contains("`cacheTTL` must be zero, for no caching, or more") }
    }

    @Test func `a limit that the topology sets is told with the key to raise there`() async throws {
        let held = HeldCalls<Bool>()
        let lane = try await PluginLane(
            rules: Self.rule,
            uses: """
                [{plugin: own/lists, config: {script: $script},
                  functions: [{name: check, timeout: 500ms}]}]
                """
        ) { _, _ in
            DataSource("check", timeout: .seconds(20)) {
                Parameter("id", String.self)
                Parameter("lists", [String].self)
            } answer: { _, _ in
                DataSourceResult(data: ["hit": .boolean(try await held.hold())])
            }
        }
        lane.submit([Self.record("a", on: "OFAC")])
        lane.pass(.milliseconds(499))
        #expect(lane.decisions == [nil])
        lane.pass(.milliseconds(1))
        let decision = try #require(lane.decisions[0])
        #expect(
            decision.call["error"]?.text
                == "no answer from plugin.lists.check within 0.5s, the limit where the plugin is "
                + "used; raise `timeout` under its `functions` there")
    }

    // acceptance: S-51
    @Test func `a hit is a success with the answer's data, said to be cached; a failure is none`()
        async throws
    {
        let calls = Noted<String>()
        let lane = try await PluginLane(rules: Self.rule) { _, _ in
            DataSource("check", cacheTTL: .seconds(60)) {
                Parameter("id", String.self)
                Parameter("lists", [String].self)
            } answer: { id, _ in
                calls.add(id)
                if id == "down" { return .failure("the list is away") }
                return DataSourceResult(
                    data: id == "empty" ? [:] : ["hit": true], metadata: ["version": "1.2"])
            }
        }
        for (id, first, status) in [
            ("bad", "answered", "rejected"), ("empty", "answered", "manual_review"),
            ("down", "failed", "manual_review"),
        ] {
            let record = Self.record(id, on: "OFAC")
            let called = try lane.decide(record)
            #expect(called.status == status && called.outcome == first)
            let again = try lane.decide(record)
            #expect(again.status == status)
            let isHit = id != "down"
            #expect(again.outcome == (isHit ? "cached" : "failed"))
            #expect(calls.all.count { $0 == id } == (isHit ? 1 : 2))
            #expect(again.call["age_ms"] == (isHit ? 0 : nil))
            #expect(again.call["expires_in_ms"] == (isHit ? 60_000 : nil))
            #expect(again.call["metadata"] == (isHit ? ["version": "1.2"] : nil))
            #expect(again["degraded"] == (isHit ? nil : true))
        }
        lane.plugins.expectMetric(
            #"arka_calls_total{function="plugin.lists.check",outcome="cached"} 2"#)
    }

    // MARK: What is handed over

    @Test(
        arguments: [
            ("1.50", "1.5"), ("-0", "0"), ("1E+5", "100000"), ("1e-18", "0.000000000000000001"),
            ("1e-19", nil), ("1e400", nil), ("123456789012345678901.5", "123456789012345678901.5"),
            ("0.1234567890123456789", nil), ("170141183460469231731", "170141183460469231731"),
            ("170141183460469231732", nil),
        ] as [(String, String?)])
    func `a number is handed over exactly or not at all`(number: String, given: String?)
        async throws
    {
        let rule = """
            rule listed {
                when { plugin.lists.check(value: transaction.value).hit }
                then { reject(reason: "listed") }
            }
            """
        let calls = Noted<String>()
        let lane = try await PluginLane(rules: rule) { _, _ in
            DataSource("check") {
                Parameter("value", PluginValue.self)
            } answer: { value in
                calls.add(value.jsonText)
                return DataSourceResult(data: ["hit": true])
            }
        }
        let decision = try lane.decide(#"{"value":\#(number)}"#)
        #expect(decision.status == (calls.all.isEmpty ? "manual_review" : "rejected"))
        if let given { #expect(calls.all == [given]) } else { #expect(calls.all.isEmpty) }
    }

    // MARK: What goes out together

    /// 200 transactions of 100 people; every tenth is too small for a call to matter.
    private static let crowd = (0..<200).map { number in
        #"{"id":"\#(number % 100)","amount":\#(number % 10 == 0 ? 1 : 500)}"#
    }

    /// What becomes of the crowd where the even ones are not flagged.
    private static let crowdStatuses = (0..<200).map { number in
        number % 10 != 0 && number % 2 == 1 ? "flagged" : "compliant"
    }

    // acceptance: S-85
    @Test func `an enrichment in a condition runs for all rows of a batch at once`() async throws {
        let sizes = Noted<Int>()
        let rules = """
            rule risky {
                when {
                    let person = plugin.lists.enrich(id: transaction.id)
                    transaction.amount > 100 and person.risk > 80
                }
                then { flag_for_review(reason: "risk \\(person.risk)") }
            }
            """
        let lane = try await PluginLane(rules: rules) { _, _ in
            Enrichment("enrich", itemsMax: 256) {
                Parameter("id", String.self)
            } answerAll: { ids in
                sizes.add(ids.count)
                if ids.contains("short") { return [] }
                return ids.map { EnrichmentResult(enrichments: ["risk": Self.isOdd($0) ? 90 : 10]) }
            }
        }
        let decisions = try lane.decide(Self.crowd)
        #expect(decisions.map(\.status) == Self.crowdStatuses)
        #expect(decisions[1]["actions"]?[0]?["reason"] == "risk 90")
        // One call for the 90 people who matter; the small transactions ask for nobody.
        #expect(sizes.all == [90])
        #expect(decisions[0].outcome == "no call" && decisions[2].outcome == "answered")
        lane.plugins.expectMetric(
            #"arka_call_dispatches_total{function="plugin.lists.enrich"} 1"#)
        lane.plugins.expectMetric(#"arka_call_items_total{function="plugin.lists.enrich"} 90"#)

        let broken = try lane.decide([
            #"{"id":"short","amount":500}"#, #"{"id":"1","amount":500}"#,
            #"{"id":"1","amount":1}"#,
        ])
        #expect(broken.map(\.status) == ["manual_review", "manual_review", "compliant"])
        #expect(broken[1].call["error"] == "the function gave 0 results for 2 calls")
    }

    // acceptance: S-86
    @Test func `a validation in a condition runs for all rows of a batch at once`() async throws {
        let sizes = Noted<Int>()
        let rules = """
            rule invalid {
                when {
                    let check = plugin.lists.judge(id: transaction.id)
                    transaction.amount > 100
                    check.valid == false or check.score < 0.8
                }
                then { flag_for_review(reason: "invalid") }
            }
            """
        let lane = try await PluginLane(rules: rules) { _, _ in
            Validator("judge", itemsMax: 256) {
                Parameter("id", String.self)
            } answerAll: { ids in
                sizes.add(ids.count)
                if ids.contains("fails") { throw PluginError("the model is away") }
                return ids.map { ValidationResult(valid: !Self.isOdd($0), score: 0.9) }
            }
        }
        let decisions = try lane.decide(Self.crowd)
        #expect(decisions.map(\.status) == Self.crowdStatuses)
        #expect(sizes.all == [90])
        lane.plugins.expectMetric(
            #"arka_call_dispatches_total{function="plugin.lists.judge"} 1"#)
        lane.plugins.expectMetric(#"arka_call_items_total{function="plugin.lists.judge"} 90"#)

        let broken = try lane.decide([
            #"{"id":"fails","amount":500}"#, #"{"id":"1","amount":500}"#,
            #"{"id":"1","amount":1}"#,
        ])
        #expect(broken.map(\.status) == ["manual_review", "manual_review", "compliant"])
        #expect(broken[0]["unknown"]?[0]?["cause"] == "failed")
        #expect(broken[1].call["error"] == "the model is away")
    }

    private static func isOdd(_ id: String) -> Bool { (Int(id) ?? 0) % 2 == 1 }
}
