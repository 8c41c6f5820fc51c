import ArkaModel
import Foundation
import Testing

@testable import ArkaRules

/// Goal: the grammar that the specification prints is the one that the parser has.
/// Method: random sentences of the grammar are taken by the parser; of sentences with a word or two
/// changed, the parser takes exactly those that a recogniser of the grammar takes.
struct GrammarTests {
    private static let grammar = try? Grammar(
        document: String(
            contentsOf: RuleSamples.project.appending(path: "docs/spec/rule-language.md"),
            encoding: .utf8))

    /// `make prove` asks for more through `ARKA_SEEDS`, a factor.
    private static let seeds: Range<UInt64> = {
        let factor = ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap(UInt64.init) ?? 1
        return 0..<(1_500 * factor)
    }()

    private func isTaken(_ text: String) -> Bool {
        syntaxErrors(of: SourceText(name: "sentence.pact", text: text)).isEmpty
    }

    private func text(_ words: [String]) -> String { words.joined(separator: " ") }

    @Test func `the grammar is whole`() throws {
        let grammar = try #require(Self.grammar)
        #expect(grammar.rules.count >= 26)
        #expect(grammar.strays == [])
        let reserved = GrammarWord.reserved
        #expect(Set(TokenKind.keywords.keys) == reserved)
        #expect(reserved.isSubset(of: Set(grammar.literals)))
        #expect(Set(TextOperator.allCases.map(\.rawValue)).isSubset(of: Set(grammar.literals)))
    }

    @Test func `the parser takes what the grammar makes`() throws {
        let grammar = try #require(Self.grammar)
        var words = 0
        for seed in Self.seeds {
            var sentences = GrammarSentences(grammar, seed: seed)
            let sentence = sentences.sentence(of: "file")
            words += sentence.count
            let errors = syntaxErrors(of: SourceText(name: "a", text: text(sentence)))
            #expect(errors.map { $0.rendered() } == [], "seed \(seed)")
            var recognizer = GrammarRecognizer(grammar, sentence)
            let isAccepted = recognizer.accepts()
            #expect(isAccepted, "seed \(seed): \(text(sentence))")
        }
        #expect(words > 20_000)
    }

    @Test func `the parser refuses what the grammar does`() throws {
        let grammar = try #require(Self.grammar)
        var counts: [Bool: Int] = [:]
        for seed in Self.seeds {
            var sentences = GrammarSentences(grammar, seed: seed &+ 1_000_000)
            let sentence = sentences.sentence(of: "declaration")
            for _ in 0..<4 {
                let mutated = sentences.mutated(sentence)
                var recognizer = GrammarRecognizer(grammar, mutated)
                let expected = recognizer.accepts()
                counts[expected, default: 0] += 1
                #expect(isTaken(text(mutated)) == expected, "seed \(seed)\n\(text(mutated))")
            }
        }
        // Both answers must be common, or the test says little.
        #expect(counts[true, default: 0] > Self.seeds.count / 4)
        #expect(counts[false, default: 0] > Self.seeds.count / 4)
    }

    @Test func `a value inside a text is an expression`() throws {
        let grammar = try #require(Self.grammar)
        var counts: [Bool: Int] = [:]
        for seed in Self.seeds {
            var sentences = GrammarSentences(grammar, seed: seed &+ 2_000_000)
            let mutated = sentences.mutated(sentences.sentence(of: "expression", depth: 14))
            guard isBalanced(mutated) else { continue }
            var recognizer = GrammarRecognizer(grammar, mutated)
            let expected = recognizer.accepts(from: "expression")
            counts[expected, default: 0] += 1
            let rule = "rule r { when { \"\\( \(text(mutated)) )\" } then { } }"
            #expect(isTaken(rule) == expected, "seed \(seed)\n\(rule)")
        }
        #expect(counts[true, default: 0] > 100 && counts[false, default: 0] > 100)
    }

    /// Round brackets decide where a value ends, so those of a sentence must come in pairs.
    private func isBalanced(_ words: [String]) -> Bool {
        var open = 0
        for word in words {
            if word == "(" { open += 1 }
            if word == ")" { open -= 1 }
            if open < 0 { return false }
        }
        return open == 0
    }
}
