import ArkaJSON
import ArkaModel
import Testing

/// Random schemas and values, held against each other by ``JSONSchema`` and by ``NaiveValidator``.
@Suite struct SchemaFuzzTests {
    @Test func `random schemas take what a plain second implementation takes`() throws {
        var random = Random(state: 0x5EED)
        var counts = (taken: 0, refused: 0, unsound: 0)
        for _ in 0..<3_000 {
            let text = random.document()
            let reading = JSONSchema.read(SourceText(name: "schema.json", text: text))
            guard let schema = reading.schema else {
                // References may lead in a circle, and that is all that may be wrong.
                #expect(Set(reading.diagnostics.map(\.code)) == [.jsonSchemaCycle], "\(text)")
                counts.unsound += 1
                continue
            }
            let root = try #require(parseJSON(SourceText(name: "schema.json", text: text)).root)
            for _ in 0..<8 {
                let json = random.value(depth: 3)
                let value = try #require(parseJSON(SourceText(name: "value.json", text: json)).root)
                let expected = NaiveValidator(root: root).accepts(value)
                let instance = JSONInstance(value)
                #expect(schema.accepts(instance) == expected, "\(text)\n\(json)")
                #expect(schema.problems(in: instance).isEmpty == expected, "\(text)\n\(json)")
                if expected { counts.taken += 1 } else { counts.refused += 1 }
            }
        }
        // A test of nothing but refusals would show little.
        #expect(
            counts.taken > 2_000 && counts.refused > 2_000 && counts.unsound < 1_500, "\(counts)")
    }
}

/// Makes schemas and values, the same ones in each run.
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    /// One of some texts.
    private mutating func one(of texts: String...) -> String {
        texts[Int.random(in: texts.indices, using: &self)]
    }

    mutating func document() -> String {
        let defs = ["a", "b", "c"].map { "\"\($0)\": \(schema(depth: 2))" }
        return
            "{\"$defs\": {\(defs.joined(separator: ", "))}, \(keywords(depth: 3).joined(separator: ", "))}"
    }

    private mutating func schema(depth: Int) -> String {
        if depth == 0 {
            return one(of: "true", "false", "{}", #"{"type": "number"}"#)
        }
        return "{" + keywords(depth: depth).joined(separator: ", ") + "}"
    }

    private mutating func keywords(depth: Int) -> [String] {
        var names: Set<String> = []
        var all: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let keyword = keyword(depth: depth - 1)
            if names.insert(keyword.name).inserted {
                all.append("\"\(keyword.name)\": \(keyword.value)")
            }
        }
        return all
    }

    private mutating func keyword(depth: Int) -> (name: String, value: String) {
        let inner = { (random: inout Random) in random.schema(depth: depth) }
        switch Int.random(in: 0..<22, using: &self) {
        case 0, 1:
            let type = one(of: "null", "boolean", "number", "integer", "string", "array", "object")
            return ("type", "\"\(type)\"")
        case 2: return ("const", value(depth: 1))
        case 3: return ("enum", "[\(value(depth: 1)), \(value(depth: 0)), \(value(depth: 2))]")
        case 4: return ("minimum", "1")
        case 5: return ("maxItems", "2")
        case 6: return ("uniqueItems", "true")
        case 7, 8, 9:
            let target = one(of: "#", "#/$defs/a", "#/$defs/b", "#/$defs/c")
            return ("$ref", "\"\(target)\"")
        case 10: return ("allOf", "[\(inner(&self)), \(inner(&self))]")
        case 11: return ("anyOf", "[\(inner(&self)), \(inner(&self))]")
        case 12: return ("oneOf", "[\(inner(&self)), \(inner(&self))]")
        case 13: return ("not", inner(&self))
        case 14: return (one(of: "if", "then", "else"), inner(&self))
        case 15, 16: return ("properties", "{\"a\": \(inner(&self)), \"b\": \(inner(&self))}")
        case 17: return ("additionalProperties", inner(&self))
        case 18: return ("items", inner(&self))
        case 19: return ("prefixItems", "[\(inner(&self))]")
        case 20: return ("contains", inner(&self))
        default:
            return (
                one(of: "unevaluatedItems", "unevaluatedProperties"),
                inner(&self)
            )
        }
    }

    mutating func value(depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &self) {
        case 0: return "null"
        case 1: return one(of: "true", "false")
        case 2, 3: return one(of: "0", "1", "2", "1.0", "20e-1")
        case 4: return one(of: "\"a\"", "\"\"")
        case 5, 6:
            let count = Int.random(in: 0...3, using: &self)
            return "[" + (0..<count).map { _ in value(depth: depth - 1) }.joined(separator: ", ")
                + "]"
        default:
            let names = ["a", "b", "c"].shuffled(using: &self).prefix(
                Int.random(in: 0...3, using: &self))
            return "{"
                + names.map { "\"\($0)\": \(value(depth: depth - 1))" }.joined(separator: ", ")
                + "}"
        }
    }
}
