import ArkaSystem
import Foundation
import Testing

/// `pact rules test` as a user runs it.
@Suite(.timeLimit(.minutes(1))) struct RulesTestCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A rule and a test of it, side by side.
    private func write(expecting status: String) throws -> String {
        _ = try directory.write(
            "r.pact",
            Array(
                """
                rule large(on_unknown: review) {
                    when { transaction.amount > 5 }
                    then { flag_for_review(reason: "large & <odd>") }
                }
                rule huge(on_unknown: review) {
                    when { transaction.amount > 500 }
                    then { reject(reason: "huge") }
                }
                """.utf8))
        return try directory.write(
            "r.test.yaml",
            Array(
                """
                apiVersion: arka.io/v1
                kind: RuleTests
                metadata: {name: r}
                spec:
                  rules: [r.pact]
                  tests:
                    - name: "what is large & <odd> is \(status)"
                      transaction: {id: a, amount: 6}
                      expect:
                        status: \(status)
                """.utf8))
    }

    private func json(_ run: PactRun) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func `tests that pass end with 0 and name the rules that no test saw`() throws {
        let run = try PactRun(["rules", "test", try write(expecting: "flagged")])
        #expect(run.code == 0, "\(run.error)\(run.output)")
        #expect(run.output.contains("r.test.yaml: 1 test\n"))
        #expect(run.output.contains("1 of 2 rules true in a test; never: huge\n"))
        #expect(run.output.hasSuffix("tests: 1 passed, 0 failed\n"))
    }

    @Test func `a test that fails ends with 1 and shows both sides at its place`() throws {
        let path = try write(expecting: "rejected")
        let run = try PactRun(["rules", "test", path])
        #expect(run.code == 1)
        #expect(
            run.output.contains(
                "    \(path):10:17: status\n      expected  rejected\n      got       flagged\n"))
        #expect(run.output.hasSuffix("tests: 0 passed, 1 failed\n"))
    }

    @Test func `the same as JSON and as JUnit XML`() throws {
        let path = try write(expecting: "rejected")
        let xml = directory.file("report.xml")
        let run = try PactRun(["rules", "test", path, "--json", "--junit", xml])
        #expect(run.code == 1)
        let document = try json(run)
        #expect(document["schema"] as? String == "arka.rule_tests/1")
        #expect(document["failed"] as? Int == 1 && document["errors"] as? Int == 0)
        let file = try #require((document["files"] as? [[String: Any]])?.first)
        let test = try #require((file["tests"] as? [[String: Any]])?.first)
        #expect(test["line"] as? Int == 7 && test["passed"] as? Bool == false)
        let difference = try #require((test["differences"] as? [[String: Any]])?.first)
        #expect(difference["expected"] as? String == "rejected")
        #expect(difference["line"] as? Int == 10 && difference["column"] as? Int == 17)
        let report = try String(contentsOfFile: xml, encoding: .utf8)
        #expect(report.contains("tests=\"1\" failures=\"1\" errors=\"0\""))
        #expect(report.contains("name=\"what is large &amp; &lt;odd&gt; is rejected\""))
        #expect(!report.contains("<odd>"))
    }

    @Test func `a file with an error is not run, and the others are`() throws {
        let good = try write(expecting: "flagged")
        let bad = try directory.write("bad.test.yaml", Array("kind: RuleTest\n".utf8))
        let xml = directory.file("report.xml")
        let run = try PactRun(["rules", "test", bad, good, "--junit", xml])
        #expect(run.code == 1)
        #expect(run.error.contains("\(bad):1:7: error:"))
        #expect(run.output.contains("\(bad): not run\n"))
        #expect(run.output.hasSuffix("tests: 1 passed, 0 failed, 1 file with errors\n"))
        #expect(try String(contentsOfFile: xml, encoding: .utf8).contains("<error message="))
    }

    @Test(arguments: [["rules", "test"], ["rules", "test", "a.yaml"]])
    func `what names no test is a usage error`(words: [String]) throws {
        #expect(try PactRun(words).code == 2)
        #expect(try PactRun(["rules", "test", directory.file("")]).code == 2)
    }

    @Test func `the topology in the nearest folder above is tested`() throws {
        let run = try PactRun(["rules", "test", "topologies"])
        #expect(run.code == 0, "\(run.output)\(run.error)")
        #expect(run.error.isEmpty, "progress is for terminals")
        #expect(run.output.contains("topologies/plugin-guide/topology.yaml: 4 of 4 rules"))
        #expect(run.output.contains("topologies/card-payments/topology.yaml: 5 of 5 rules"))
    }

    @Test func `rules with calls are checked, and eval refuses them by name`() throws {
        let check = try PactRun(["topology", "check", "topologies/plugin-guide"])
        #expect(check.code == 0)
        let eval = try PactRun(["eval", "topologies/plugin-guide", "-i", "-"], input: "{}\n")
        #expect(eval.code == 1)
        #expect(eval.error.contains("ARKA-CONF-0008"))
        #expect(eval.error.contains("'plugin.geo_enrichment.enrich_geography'"))
        #expect(eval.error.contains("pact rules test"))
    }
}
