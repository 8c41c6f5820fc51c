import ArkaSystem
import Foundation
import Testing

/// `pact rules explain`, and `pact rules check` with what rule files lean on.
@Suite(.timeLimit(.minutes(1))) struct RulesExplainCommandTests {
    private static let guide = "topologies/plugin-guide"
    private static let record = """
        {"id": "t-1", "amount": 20000, "sender": {"id": "E-7"}, "destination": {"country": "KP"},
         "customer": {"document_type": "passport", "document": {"number": "X1"}}}
        """
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func mocks(_ lines: String) throws -> String {
        let text = "apiVersion: arka.io/v1\nkind: RuleMocks\nmetadata: {name: m}\nspec:\n  mocks:\n"
        return try directory.write("mocks.yaml", Array((text + lines + "\n").utf8))
    }

    private func explain(_ words: [String]) throws -> PactRun {
        try PactRun(["rules", "explain"] + words, input: Self.record)
    }

    @Test func `a rule is shown part by part, with answers in place of calls`() throws {
        let mocks = try mocks("    plugin.geo_enrichment.enrich_geography: {geo_risk_score: 81}")
        let words = [Self.guide, "-r", "high_risk_geography", "-i", "-", "-m", mocks]
        let run = try explain(words)
        #expect(run.code == 0, "\(run.error)")
        for line in [
            "high_risk_geography: fires\n",
            "    plugin.geo_enrichment.enrich_geography.geo_risk_score > 80 → true\n",
            "          transaction.destination.country → \"KP\"\n",
            "      transaction.amount → 20000\n",
            "  then flag_for_review(reason: \"High risk geography\")\n",
        ] {
            #expect(run.output.contains(line), "\(run.output)")
        }
        let json = try explain(words + ["--json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let document = try #require(object as? [String: Any])
        #expect(document["schema"] as? String == "arka.explanation/1")
        let rule = try #require((document["rules"] as? [[String: Any]])?.first)
        #expect(rule["fires"] as? Bool == true)
        let parts = (rule["condition"] as? [String: Any])?["parts"] as? [[String: Any]]
        #expect(parts?.map { $0["truth"] as? Bool } == [true, true])
    }

    @Test func `all rules are told in short, and what was not called is unknown`() throws {
        let run = try explain([Self.guide, "-i", "-"])
        #expect(run.code == 0)
        #expect(run.output.contains("test_rule: unknown: not_called"))
        #expect(run.output.contains("check_entity(entity_id: \"t-1\") → unknown: not_called\n"))
        #expect(run.output.hasSuffix("status: manual_review\n"))
    }

    @Test func `the plan shows what is read, shared, called, and in which order`() throws {
        let run = try explain([Self.guide, "--plan"])
        #expect(run.code == 0)
        let order =
            "  high_risk_geography\n    column  transaction.amount > 10000\n"
            + "    call  plugin.geo_enrichment.enrich_geography.geo_risk_score > 80\n"
        #expect(run.output.contains(order))
        #expect(run.output.contains("calls\n  plugin."))
        let json = try explain([Self.guide, "--plan", "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        #expect((object as? [String: Any])?["schema"] as? String == "arka.plan/1")
    }

    @Test func `a wrong answer, record or name is said`() throws {
        let mocks = try mocks("    plugin.geo_enrichment.enrich_geography: {geo_risk: 81}")
        let answer = try explain([Self.guide, "-i", "-", "-m", mocks])
        #expect(answer.code == 1)
        #expect(answer.error.contains("ARKA-CONF-0010"))
        let record = try PactRun(["rules", "explain", Self.guide, "-i", "-"], input: "{\"id\": 5}")
        #expect(record.code == 1)
        #expect(record.error.contains("cannot be decided: "))
        let text = try PactRun(["rules", "explain", Self.guide, "-i", "-"], input: "{")
        #expect(text.code == 1)
        let name = try explain([Self.guide, "-i", "-", "-r", "test_rul"])
        #expect(name.code == 2)
        #expect(name.error.contains("did you mean 'test_rule'?"))
        #expect(try explain([Self.guide]).code == 2)
        #expect(try explain([Self.guide, "--plan", "-i", "-"]).code == 2)
    }

    // MARK: check

    @Test func `rule files are checked with functions, a schema and lists beside them`() throws {
        let rules = try directory.write(
            "r.pact",
            Array(
                """
                list watched from "watched.csv" column "id"
                rule a {
                    when {
                        transaction.id in list.watched
                        plugin.geo_enrichment.enrich_geography(
                            country_code: transaction.destination.country).geo_risk_score > 5
                    }
                    then { flag_for_review() }
                }
                """.utf8))
        _ = try directory.write("watched.csv", Array("id\nt-1\n".utf8))
        let extras = [
            "--functions", Self.guide + "/functions/geo-enrichment.yaml", "--schema",
            Self.guide + "/record.schema.json",
        ]
        let run = try PactRun(["rules", "check", rules] + extras)
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output == "1 rule: no problems found\n")
        let bare = try PactRun(["rules", "check", rules, "--json"])
        #expect(bare.code == 1)
        let object = try JSONSerialization.jsonObject(with: Data(bare.output.utf8))
        let found = try #require((object as? [String: Any])?["diagnostics"] as? [[String: Any]])
        let call = try #require(found.first { ($0["severity"] as? String) == "error" })
        #expect(call["line"] as? Int == 5 && call["column"] as? Int == 16)
        #expect(call["end_line"] as? Int == 5 && call["file"] as? String == rules)
        #expect((call["expected"] as? String)?.contains("--functions") == true)
    }

    @Test func `a topology brings its own functions`() throws {
        let run = try PactRun(["rules", "check", Self.guide, "--functions", "f.yaml"])
        #expect(run.code == 2)
    }
}
