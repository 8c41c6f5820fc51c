import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import Testing

/// The name by which decisions say which rules decided.
@Suite struct RuleBookDigestTests {
    private func digest(_ rules: RulesSpec) -> String {
        EvaluationPlan(
            TopologySpec(
                name: "t", source: SourceSpec(topic: "in", group: "g"), rules: rules,
                decisionsTopic: "out")
        ).rulebookDigest
    }

    private func text(_ name: String, _ text: String) -> SourceText {
        SourceText(name: name, text: text)
    }

    @Test func `it covers rule files and the files of lists, and tells them apart`() {
        let rules = text("a/r.pact", "rule")
        let list = text("a/l.csv", "x\n")
        let digests = [
            digest(RulesSpec(sources: [rules])),
            digest(RulesSpec(sources: [rules], listFiles: [list])),
            digest(RulesSpec(sources: [rules, list])),
            digest(RulesSpec(sources: [rules], listFiles: [text("a/l.csv", "y\n")])),
            digest(RulesSpec(sources: [rules], listFiles: [text("a/m.csv", "x\n")])),
        ]
        #expect(Set(digests).count == digests.count)
        #expect(digests.allSatisfy { $0.count == 16 })
    }

    @Test func `it is that of the files' names, wherever they stand`() {
        let here = RulesSpec(sources: [text("a/r.pact", "x")], listFiles: [text("a/l", "1")])
        let there = RulesSpec(sources: [text("b/r.pact", "x")], listFiles: [text("c/l", "1")])
        #expect(digest(here) == digest(there))
    }
}
