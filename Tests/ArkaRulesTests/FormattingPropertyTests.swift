import ArkaModel
import Foundation
import RandomRules
import Testing

@testable import ArkaRules

/// Goal: the formatter's promises hold for what nobody thought of.
/// Method: files with random white space come out as the files themselves do, and random tokens
/// come out as the same tokens, in a form that is kept.
struct FormattingPropertyTests {
    private static let files = RuleSamples.all.filter { file in
        // The large books repeat themselves.
        !["rules-100.pact", "rules-1000.pact"].contains(file.lastPathComponent)
    }

    @Test(arguments: files)
    func `white space means nothing where nobody can want it`(file: URL) throws {
        let source = try RuleSamples.source(file)
        guard syntaxErrors(of: source).isEmpty else { return }
        let formatted = try #require(layOutRules(source))
        for seed in 1...20 as ClosedRange<UInt64> {
            var mangler = WhiteSpaceMangler(seed: seed)
            let mangled = mangler.mangled(source)
            #expect(mangled != source)
            let text = String(decoding: try #require(layOutRules(mangled)), as: UTF8.self)
            #expect(text == String(decoding: formatted, as: UTF8.self), "seed \(seed)")
        }
    }

    @Test(arguments: 1...1000 as ClosedRange<UInt64>)
    func `tokens in any order stay the tokens that they are`(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let source = SourceText(name: "random.pact", text: Self.tokens(&random))
        let formatted = SourceText(name: "random.pact", utf8: try #require(layOutRules(source)))
        let before = RuleReading(source)
        let after = RuleReading(formatted)
        #expect(before.tokens == after.tokens)
        #expect(before.comments == after.comments)
        #expect(before.statements == after.statements)
        #expect(layOutRules(formatted) == formatted.utf8)
        let lines = formatted.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (line, next) in zip(lines, lines.dropFirst()) {
            #expect(!(line.isEmpty && next.isEmpty) || formatted.utf8.isEmpty)
            #expect(line.last != UInt8(ascii: " "))
        }
    }

    private static let spellings = [
        "rule", "when", "then", "let", "and", "or", "not", "in", "is", "true", "null", "{", "}",
        "(", ")", "[", "]", ".", ",", ":", "=", "+", "-", "*", "/", "??", "==", "!=", "<", "<=",
        ">",
        ">=", "name", "list", "const", "contains", "matches", "5", "1.5", "24h", "\"a  //\"",
    ]
    private static let gaps =
        [String](repeating: " ", count: 20)
        + ["\n", "\n", "\n\n\n", " // c \n", "\n// d\n  ", "\n\n//\n\n"]

    /// Few kinds of tokens in one text, so that each meets all others, and itself.
    private static func tokens(_ random: inout SeededRandom) -> String {
        let vocabulary = (0..<6).map { _ in pick(spellings, &random) }
        let count = Int.random(in: 1...80, using: &random)
        return (0..<count).map { _ in pick(vocabulary, &random) + pick(gaps, &random) }.joined()
    }

    private static func pick(_ choices: [String], _ random: inout SeededRandom) -> String {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
}
