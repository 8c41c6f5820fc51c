import PactPlugins
import PactTesting
import Testing

/// Rules that call a plugin under test, as the plugin guide shows it.
@Suite struct RuleEvaluationTests {
    private struct MyPlugin: DataSourcePlugin {
        static let metadata = PluginMetadata(
            name: "my-plugin", version: "1.0.0", description: "Checks entities")

        let services: PluginServices

        init(_ configuration: PluginConfiguration, services: PluginServices) {
            self.services = services
        }

        var functions: [DeclaredFunction] {
            DataSource("check_entity", "Checks an entity") {
                Parameter("entity_id", String.self)
            } answer: { entityID in
                let response = try await services.requestJSON(
                    url: "https://mock-api.test/check", query: [("id", .string(entityID))])
                return DataSourceResult(data: ["match": try .boolean(response.read("match"))])
            }
        }
    }

    private let harness: PluginTestHarness

    init() throws {
        harness = try PluginTestHarness(MyPlugin.self)
    }

    private let rule = """
        rule test_rule {
            when {
                let check = plugin.my_plugin.check_entity(
                    entity_id: transaction.id
                )
                check.match == true
            }
            then {
                flag_for_review()
            }
        }
        """

    private let context = MockContext(
        transaction: ["id": "txn-123", "amount": 5000], jurisdiction: "US")

    // acceptance: S-126
    // acceptance: S-127
    @Test func `a call that is not mocked finds nothing, and all is compliant`() async throws {
        let result = try await harness.evaluateWithPlugin(ruleDSL: rule, context: context)
        #expect(result.status == "compliant")
        #expect(result.rules == [] && result.unknown == [:])
        #expect(result.calls == ["plugin.my_plugin.check_entity"])

        harness.mockHTTPResponse(url: "https://mock-api.test/check", response: ["match": true])
        let flagged = try await harness.evaluateWithPlugin(ruleDSL: rule, context: context)
        #expect(flagged.status == "flagged")
        #expect(flagged.rules == ["test_rule"] && flagged.actions == ["flag_for_review"])

        for (action, status) in [
            ("reject(reason: \"r\")", "rejected"),
            ("require_manual_review(reason: \"r\")", "manual_review"),
        ] {
            let result = try await harness.evaluateWithPlugin(
                ruleDSL: rule.replacing("flag_for_review()", with: action), context: context)
            #expect(result.status == status)
        }
        let problems = try await #require(throws: RuleProblems.self) {
            try await harness.evaluateWithPlugin(
                ruleDSL: rule.replacing("check_entity", with: "check_entitty"), context: context)
        }
        #expect(problems.description.contains("did you mean 'check_entity'?"))
    }

    @Test func `a mocked error is unknown, never compliant`() async throws {
        harness.mockHTTPError(url: "https://mock-api.test/check", status: 500)
        let result = try await harness.evaluateWithPlugin(ruleDSL: rule, context: context)
        #expect(result.status == "manual_review")
        #expect(result.unknown == ["test_rule": "failed"])
    }

    @Test func `the jurisdiction and the transaction are what the context says`() async throws {
        let rule = """
            rule here {
                when { context.jurisdiction == "US" and transaction.amount > 4999 }
                then { reject(reason: "here") }
            }
            """
        #expect(
            try await harness.evaluateWithPlugin(ruleDSL: rule, context: context).rules == ["here"])
        let elsewhere = MockContext(transaction: ["amount": 5000], jurisdiction: "EU")
        #expect(
            try await harness.evaluateWithPlugin(ruleDSL: rule, context: elsewhere).rules == [])
    }
}
