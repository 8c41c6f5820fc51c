import ArkaModel
import ArkaRules
import Foundation
import Testing

/// The plan says of every record what the tree walk says, down to the cause of what is unknown.
struct PlanPropertyTests {
    /// `make prove` asks for more through `ARKA_SEEDS`, a factor.
    private static let seeds: Range<UInt64> = {
        let factor = ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap(UInt64.init) ?? 1
        return 0..<(300 * factor)
    }()

    @Test func `plan and tree walk agree on random rules and records`() throws {
        var seen: Set<Truth> = []
        var causes: Set<UnknownCause> = []
        var ruleCount = 0
        for seed in Self.seeds {
            var generator = RuleGenerator(seed: seed)
            let texts = (0..<5).map { rule(generator.condition(), name: "r\($0)") }
                .filter { compile($0, Payments.untyped).book != nil }
            ruleCount += texts.count
            let source = SourceText(name: "random.pact", text: texts.joined(separator: "\n"))
            let book = try #require(
                compileRules([source], layout: Payments.untyped, onUnknown: nil).book)
            let interpreter = try #require(
                RuleInterpreter([source], layout: Payments.untyped, onUnknown: nil))
            for _ in 0..<20 {
                let record = generator.record()
                let expected = interpreter.evaluate(record).map(RuleOutcome.init)
                let walk = PlanWalk(book: book, record: record)
                #expect(
                    book.rules.map(walk.result(of:)) == expected,
                    "seed \(seed)\n\(record)\n\(texts.joined())")
                seen.formUnion(expected.map(\.truth))
                causes.formUnion(expected.compactMap(\.cause))
            }
        }
        // What never occurs was not tested.
        #expect(seen == [.yes, .no, .unknown])
        #expect(causes == Set(UnknownCause.allCases))
        #expect(ruleCount > Self.seeds.count, "the generator makes too few sound rules")
    }
}
