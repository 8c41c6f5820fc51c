import RandomRules

/// Makes random sentences of a grammar, and changes them.
struct GrammarSentences {
    private let grammar: Grammar
    var random: SeededRandom
    /// How deep each rule must go at least.
    private let heights: [String: Int]
    private let vocabulary: [String]
    /// Texts around the words at hand.
    private var textDepth = 0

    init(_ grammar: Grammar, seed: UInt64) {
        self.grammar = grammar
        random = SeededRandom(state: seed)
        heights = Self.heights(of: grammar)
        // Two words that only begin declarations would begin them anywhere.
        vocabulary =
            grammar.literals.filter { !["list", "const"].contains($0) } + ["a", "7", "5m", "\"t\""]
    }

    /// A sentence of a rule of the grammar, a word at a time.
    mutating func sentence(of rule: String, depth: Int = 0) -> [String] {
        guard let form = grammar.rules[rule] else { return [token(rule, in: "")] }
        return words(of: form, in: rule, depth: depth)
    }

    /// The sentence with one word or two put in, taken out or replaced. Line ends stay.
    mutating func mutated(_ words: [String]) -> [String] {
        var result = words
        for _ in 0...roll(2) where !result.isEmpty {
            let place = roll(result.count)
            if result[place] == "\n" { continue }
            switch roll(4) {
            case 0: result.remove(at: place)
            case 1: result.insert(vocabulary[roll(vocabulary.count)], at: place)
            case 2: result[place] = vocabulary[roll(vocabulary.count)]
            default: result.insert(result[place], at: place)
            }
        }
        return result
    }

    private mutating func words(of form: Grammar.Form, in rule: String, depth: Int) -> [String] {
        // A sentence must come to an end.
        let isDeep = depth > 18 + roll(12)
        switch form {
        case .literal(let text): return [text]
        case .name(let name):
            return Grammar.tokens.contains(name)
                ? [token(name, in: rule)] : sentence(of: name, depth: depth + 1)
        case .sequence(let parts):
            var result: [String] = []
            for part in parts { result += words(of: part, in: rule, depth: depth) }
            return result
        case .choice(let parts):
            let low = parts.min { height($0) < height($1) } ?? parts[0]
            return words(of: isDeep ? low : parts[roll(parts.count)], in: rule, depth: depth)
        case .option(let part):
            return isDeep || roll(3) > 0 ? [] : words(of: part, in: rule, depth: depth)
        case .repetition(let part):
            var result: [String] = []
            while !isDeep, roll(rule == "file" ? 2 : 4) == 0 {
                result += words(of: part, in: rule, depth: depth)
            }
            return result
        }
    }

    private mutating func token(_ kind: String, in rule: String) -> String {
        switch kind {
        case "name": ["a", "b2", "_c", "known", "contains", "column", "from", "x"][roll(8)]
        case "number": rule == "step" ? "\(roll(256))" : ["0", "1.5", "10_000", "7"][roll(4)]
        case "duration": ["24h", "1.5d", "10ms"][roll(3)]
        case "line_end": "\n"
        default: rule == "literal" ? text() : "\"t\""
        }
    }

    private mutating func text() -> String {
        // Texts within texts have a bound.
        switch roll(textDepth < 4 ? 4 : 2) {
        case 0: return "\"\""
        case 1: return #""a \"b\" \u{41} // \\""#
        case 2:
            textDepth += 1
            defer { textDepth -= 1 }
            return "\"a \\(\(sentence(of: "expression", depth: 24).joined(separator: " "))) b\""
        default: return "\"t\""
        }
    }

    mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

    // MARK: Heights

    private func height(_ form: Grammar.Form) -> Int { Self.height(form, heights) }

    private static func heights(of grammar: Grammar) -> [String: Int] {
        var heights: [String: Int] = [:]
        for _ in grammar.rules {
            for (name, form) in grammar.rules { heights[name] = height(form, heights) + 1 }
        }
        return heights
    }

    private static func height(_ form: Grammar.Form, _ heights: [String: Int]) -> Int {
        switch form {
        case .literal: 0
        case .name(let name): Grammar.tokens.contains(name) ? 0 : heights[name] ?? 1_000
        case .option, .repetition: 0
        case .sequence(let parts): parts.map { height($0, heights) }.max() ?? 0
        case .choice(let parts): parts.map { height($0, heights) }.min() ?? 0
        }
    }
}
