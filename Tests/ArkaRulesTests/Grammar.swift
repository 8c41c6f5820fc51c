import Foundation

/// The grammar of the language as the specification prints it.
struct Grammar: Sendable {
    /// What a side of a rule of the grammar consists of.
    indirect enum Form: Sendable {
        case literal(String)
        /// A rule of the grammar, or a kind of token.
        case name(String)
        case sequence([Form])
        case choice([Form])
        case option(Form)
        case repetition(Form)
    }

    /// The rules by name.
    private(set) var rules: [String: Form] = [:]
    /// The kinds of tokens that the rules name.
    static let tokens: Set = ["name", "number", "duration", "text", "line_end"]

    /// Reads the block of a document that is marked as EBNF.
    init(document: String) throws {
        guard let block = document.firstMatch(of: /(?ms)^```ebnf\n(.*?)^```$/) else {
            throw Malformed(place: "no grammar")
        }
        var reader = Reader(String(block.1))
        while let name = reader.takeName() { rules[name] = try reader.rule() }
    }

    struct Malformed: Error {
        let place: String
    }

    /// Every literal of the grammar.
    var literals: [String] {
        Set(rules.values.flatMap(Self.literals)).sorted()
    }

    /// Names that are neither rules nor tokens, and rules that nothing names.
    var strays: Set<String> {
        let named = Set(rules.values.flatMap(Self.names)).union(["file"])
        return named.symmetricDifference(Set(rules.keys).union(Self.tokens))
    }

    private static func literals(_ form: Form) -> [String] {
        if case .literal(let text) = form { return [text] }
        return parts(form).flatMap(literals)
    }

    private static func names(_ form: Form) -> [String] {
        if case .name(let name) = form { return [name] }
        return parts(form).flatMap(names)
    }

    static func parts(_ form: Form) -> [Form] {
        switch form {
        case .literal, .name: []
        case .sequence(let parts), .choice(let parts): parts
        case .option(let part), .repetition(let part): [part]
        }
    }

    /// Reads EBNF, a symbol at a time.
    private struct Reader {
        private var symbols: ArraySlice<Substring>

        init(_ text: String) {
            symbols = text.matches(of: /"[^"]+"|\w+|[=|.\[\]{}()]/).map(\.output)[...]
        }

        mutating func takeName() -> String? { symbols.popFirst().map(String.init) }

        mutating func rule() throws -> Form {
            try take("=")
            let form = try choice()
            try take(".")
            return form
        }

        private mutating func take(_ symbol: String) throws {
            guard let next = symbols.popFirst(), next == symbol else {
                throw Malformed(place: symbols.prefix(5).joined(separator: " "))
            }
        }

        private mutating func choice() throws -> Form {
            var parts = [try sequence()]
            while symbols.first == "|" {
                symbols.removeFirst()
                parts.append(try sequence())
            }
            return parts.count == 1 ? parts[0] : .choice(parts)
        }

        private mutating func sequence() throws -> Form {
            var parts: [Form] = []
            while let symbol = symbols.first, !["|", ".", "]", "}", ")"].contains(symbol) {
                symbols.removeFirst()
                parts.append(try part(symbol))
            }
            return parts.count == 1 ? parts[0] : .sequence(parts)
        }

        private mutating func part(_ symbol: Substring) throws -> Form {
            switch symbol {
            case "[": return .option(try bracketed("]"))
            case "{": return .repetition(try bracketed("}"))
            case "(": return try bracketed(")")
            case _ where symbol.hasPrefix("\""):
                return .literal(String(symbol.dropFirst().dropLast()))
            default: return .name(String(symbol))
            }
        }

        private mutating func bracketed(_ closing: String) throws -> Form {
            let form = try choice()
            try take(closing)
            return form
        }
    }
}
