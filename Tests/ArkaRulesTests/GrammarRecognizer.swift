/// Says whether words are a sentence of a grammar, by trying everything.
struct GrammarRecognizer {
    private let grammar: Grammar
    private let words: [String]
    private var known: [Key: Set<Int>] = [:]

    private struct Key: Hashable {
        let rule: String
        let start: Int
    }

    /// The words with their line ends, `"\n"`.
    init(_ grammar: Grammar, _ words: [String]) {
        self.grammar = grammar
        self.words = Self.withoutIdleLineEnds(words)
    }

    /// Whether all of the words are a sentence.
    mutating func accepts(from rule: String = "file") -> Bool {
        ends(of: rule, from: 0).contains(words.count)
    }

    /// What the specification says of line ends: they mean nothing within brackets, before `and`,
    /// `or` and `.`, and beside each other.
    private static func withoutIdleLineEnds(_ words: [String]) -> [String] {
        var result: [String] = []
        var brackets = 0
        for (index, word) in words.enumerated() {
            if ["(", "["].contains(word) { brackets += 1 }
            if [")", "]"].contains(word) { brackets = max(0, brackets - 1) }
            if word == "\n" {
                let next = words[(index + 1)...].first { $0 != "\n" } ?? "\n"
                let isIdle = brackets > 0 || ["and", "or", "."].contains(next)
                if isIdle || result.isEmpty || result.last == "\n" { continue }
            }
            result.append(word)
        }
        if result.last == "\n" { result.removeLast() }
        return result
    }

    // MARK: Forms

    private mutating func ends(of rule: String, from start: Int) -> Set<Int> {
        let key = Key(rule: rule, start: start)
        if let ends = known[key] { return ends }
        guard let form = grammar.rules[rule] else { return [] }
        // No rule of this grammar begins with itself.
        let ends = ends(of: form, from: start, isProperty: rule == "property")
        known[key] = ends
        return ends
    }

    private mutating func ends(of form: Grammar.Form, from start: Int, isProperty: Bool) -> Set<Int>
    {
        switch form {
        case .literal(let text): return literal(text, at: start, isProperty: isProperty)
        case .name(let name):
            return Grammar.tokens.contains(name)
                ? token(name, at: start) : ends(of: name, from: start)
        case .choice(let parts):
            return parts.reduce(into: []) {
                $0.formUnion(ends(of: $1, from: start, isProperty: isProperty))
            }
        case .sequence(let parts):
            return parts.reduce([start]) { starts, part in
                starts.reduce(into: []) {
                    $0.formUnion(ends(of: part, from: $1, isProperty: isProperty))
                }
            }
        case .option(let part):
            return ends(of: part, from: start, isProperty: isProperty).union([start])
        case .repetition(let part):
            var all: Set = [start]
            var fresh = all
            while !fresh.isEmpty {
                fresh = fresh.reduce(into: Set<Int>()) {
                    $0.formUnion(ends(of: part, from: $1, isProperty: isProperty))
                }.subtracting(all)
                all.formUnion(fresh)
            }
            return all
        }
    }

    // MARK: Words

    /// Behind these a value or a block is still to come, so that line ends mean nothing.
    private static let unfinished: Set = [
        "==", "!=", "<", "<=", ">", ">=", "contains", "starts_with", "ends_with", "matches", "in",
        "is", "not", "and", "or", "+", "-", "*", "/", "??", "=", ":", ",", "{", "let", ".",
    ]

    private func literal(_ text: String, at start: Int, isProperty: Bool) -> Set<Int> {
        guard start < words.count, words[start] == text else { return [] }
        let next = start + 1
        let hasLineEnd = next < words.count && words[next] == "\n"
        if hasLineEnd, !isProperty, Self.unfinished.contains(text) { return [next + 1] }
        // Between blocks and rules they may mean something or nothing.
        if hasLineEnd, text == "}" { return [next, next + 1] }
        return [next]
    }

    private func token(_ kind: String, at start: Int) -> Set<Int> {
        guard start < words.count else { return kind == "line_end" ? [start] : [] }
        return GrammarWord.kind(of: words[start]) == kind ? [start + 1] : []
    }
}

/// What a word is to a grammar.
enum GrammarWord {
    static let reserved: Set = [
        "rule", "when", "then", "let", "and", "or", "not", "in", "is", "true", "false", "null",
    ]

    /// The kind of token; `nil` for signs and reserved words.
    static func kind(of word: String) -> String? {
        if word == "\n" { return "line_end" }
        guard let first = word.unicodeScalars.first else { return nil }
        if first == "\"" { return "text" }
        if first.properties.numericType != nil {
            return word.contains(where: \.isLetter) ? "duration" : "number"
        }
        let isWord = first.properties.isAlphabetic || first == "_"
        return isWord && !reserved.contains(word) ? "name" : nil
    }
}
