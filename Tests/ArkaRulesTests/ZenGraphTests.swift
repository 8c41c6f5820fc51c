import ArkaModel
import ArkaRules
import Foundation
import Testing

/// Decision graphs of another rules engine, written again as rules: flags and statuses come out the
/// same.
///
/// Not said by rules, and left out: the number of flags of each colour (they are counted here), names
/// for the result of several rules together (`reporting_status` follows from which rules fired), and the
/// graph's table of global sanctions, which compares a whole object with country codes and so is always
/// green.
@Suite(.enabled("the other engine's graphs are not on this machine") { ZenGraphs.isPresent })
struct ZenGraphTests {
    @Test func `the flags of the anti-money-laundering graph`() throws {
        for (input, output) in try ZenGraphs.tests("aml") {
            let fired = try ZenGraphs.fired("aml", input)
            let expected = try #require(output["flags"] as? [String: String])
            let flags = expected.keys.reduce(into: [String: String]()) { flags, name in
                let rule = Self.ruleNames[name] ?? name
                flags[name] =
                    fired.contains(rule + "_red")
                    ? "red" : fired.contains(rule + "_amber") ? "amber" : "green"
            }
            #expect(flags == expected)
            let colours = Set(flags.values)
            let worst = ["red", "amber", "green"].first(where: colours.contains)
            #expect(worst == output["overallFlag"] as? String)
            let breakdown = try #require(output["breakdown"] as? [String: Int])
            for (colour, count) in breakdown {
                #expect(flags.values.count { $0 == colour } == count)
            }
            // Rules whose flag the graph does not raise for this currency keep silent too.
            let known = expected.keys.compactMap { Self.ruleNames[$0] }
            #expect(fired.allSatisfy { rule in known.contains { rule.hasPrefix($0) } })
        }
    }

    private static let ruleNames = [
        "transactionAmount": "transaction_amount", "merchantReputation": "merchant_reputation",
        "usdSanction": "usd_sanction", "eurSanctions": "eur_sanctions",
    ]

    @Test func `the statuses of the transaction compliance classifier`() throws {
        let flags: Set = [
            "kyc_incomplete", "high_risk_jurisdiction", "pattern_alert", "structuring",
            "unusual_activity",
        ]
        for (input, output) in try ZenGraphs.tests("transaction-compliance-classifier") {
            let fired = try ZenGraphs.fired("classifier", input)
            let hasFlags = !flags.isDisjoint(with: fired)
            let isUrgent = fired.contains("urgent_filing")
            #expect(hasFlags == output["has_compliance_flags"] as? Bool)
            #expect(isUrgent == output["requires_immediate_filing"] as? Bool)
            let status =
                isUrgent
                ? "urgent_filing_required" : hasFlags ? "filing_required" : "standard_reporting"
            #expect(status == output["reporting_status"] as? String)
            let instructions = try #require(output["report_instructions"] as? String)
            #expect(fired.contains("form_fincen_112") == instructions.contains("FinCEN Form 112"))
        }
    }
}

private enum ZenGraphs {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let graphs = folder.appending(
        path: "../../../shared/data/conformance/zen-graphs")

    static var isPresent: Bool { FileManager.default.fileExists(atPath: graphs.path) }

    /// The stored tests of a graph: what goes in, what comes out.
    static func tests(_ name: String) throws -> [(RecordValue, [String: Any])] {
        let data = try Data(contentsOf: graphs.appending(path: name + ".json"))
        let graph = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let tests = try #require(graph["tests"] as? [[String: Any]])
        return try tests.map { test in
            let output = try #require(test["output"] as? [String: Any])
            return (RecordValue(foundation: try #require(test["input"])), output)
        }
    }

    /// The rules of ours that fire on a record.
    static func fired(_ name: String, _ record: RecordValue) throws -> Set<String> {
        let file = folder.appending(path: "Conformance/graphs/\(name).pact")
        let source = SourceText(name: name + ".pact", utf8: Array(try Data(contentsOf: file)))
        let layout = RecordLayout(roots: [.init(name: "input", path: [])])
        let errors = compileRules([source], layout: layout, onUnknown: nil).diagnostics
            .filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map { $0.rendered() }.joined())")
        let interpreter = try #require(
            RuleInterpreter([source], layout: layout, onUnknown: nil))
        return Set(interpreter.evaluate(record).filter { $0.truth == .yes }.map(\.rule))
    }
}
