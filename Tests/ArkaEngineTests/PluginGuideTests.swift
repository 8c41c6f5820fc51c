import ArkaConfig
import ArkaEngine
import ArkaRules
import Foundation
import Testing

/// The rules that the plugin guide prints: the files hold them as printed, they compile, and tests show
/// each of them firing and not firing.
@Suite struct PluginGuideTests {
    private static let folder =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/topologies/plugin-guide"

    /// Checks one rule: its text, and that both outcomes are tested and come out.
    private func check(_ rule: String, _ tests: String, printed: String) throws {
        let path = Self.folder + "/rules/\(rule).pact"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == printed + "\n")
        let topology = loadTopology(
            path: Self.folder + "/topology.yaml", environment: [:], files: .system)
        #expect(topology.diagnostics.isEmpty)
        #expect(topology.value?.rules.book.rules.map(\.name).contains(rule) == true)

        let file = Self.folder + "/tests/\(tests).test.yaml"
        let loaded = try #require(loadRuleTests(path: file, files: .system).value)
        let fired = loaded.tests.compactMap { $0.expectation.rules?.value.map(\.value) }
        #expect(fired.contains { $0.contains(rule) }, "it fires in a test")
        #expect(fired.contains { !$0.contains(rule) }, "it does not fire in another")
        var session = RuleTestSession(files: .system, environment: [:])
        let result = session.run(file)
        #expect(result.diagnostics.isEmpty)
        #expect(result.tests.count == loaded.tests.count)
        #expect(result.tests.allSatisfy { $0.differences.isEmpty })
    }

    // acceptance: S-99
    @Test func `sanctions_screening as printed compiles and decides both ways`() throws {
        try check(
            "sanctions_screening", "sanctions",
            printed: """
                // Rule using sanctions check plugin
                rule sanctions_screening {
                    when {
                        // Use plugin data source
                        let sanctions_result = plugin.sanctions_list.check_sanctions(
                            entity_id: transaction.sender.id,
                            entity_type: "individual"
                        )

                        sanctions_result.is_sanctioned == true
                    }
                    then {
                        // Use plugin action
                        plugin.alert_system.send_alert(
                            severity: "critical",
                            message: "Sanctioned entity detected",
                            channels: ["slack", "pagerduty"]
                        )

                        reject(reason: "Entity on sanctions list")
                    }
                }
                """)
    }

    // acceptance: S-100
    @Test func `high_risk_geography as printed compiles and decides both ways`() throws {
        try check(
            "high_risk_geography", "geography",
            printed: """
                // Rule using enrichment plugin
                rule high_risk_geography {
                    when {
                        // Enrich with geographic risk data
                        let geo_data = plugin.geo_enrichment.enrich_geography(
                            country_code: transaction.destination.country
                        )

                        geo_data.geo_risk_score > 80 and
                        transaction.amount > 10000
                    }
                    then {
                        flag_for_review(reason: "High risk geography")
                    }
                }
                """)
    }

    // acceptance: S-101
    @Test func `kyc_document_check as printed compiles and decides both ways`() throws {
        try check(
            "kyc_document_check", "documents",
            printed: """
                // Rule using validation plugin
                rule kyc_document_check {
                    when {
                        // Validate identity document
                        let validation = plugin.kyc_validation.validate_identity_document(
                            document_type: customer.document_type,
                            document_data: customer.document
                        )

                        validation.valid == false or
                        validation.score < 0.8
                    }
                    then {
                        require_manual_review(
                            reason: "Document validation failed",
                            details: validation.details
                        )
                    }
                }
                """)
    }

    // acceptance: S-102
    @Test func `test_rule as printed compiles and decides both ways`() throws {
        try check(
            "test_rule", "entities",
            printed: """
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
                """)
    }
}
