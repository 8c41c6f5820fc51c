import ArkaModel
import ArkaRules

/// Records of the tree walk as the JSON that they stand for, with more blanks and escapes than need
/// be.
struct RecordText {
    private var random: Seeded

    init(seed: UInt64) { random = Seeded(seed) }

    /// The bytes of a record.
    mutating func bytes(of value: RecordValue) -> [UInt8] { Array(text(value).utf8) }

    private mutating func text(_ value: RecordValue) -> String {
        switch value {
        case .object(let members):
            let keys = members.keys.sorted { $0.lexicographicallyPrecedes($1) }
            let texts = keys.flatMap { key in
                let value = members[key] ?? .null
                let count = value == .duplicate ? 2 + random.below(2) : 1
                return (0..<count).map { _ in
                    string(key) + blank() + ":" + blank()
                        + (value == .duplicate ? anything() : text(value))
                }
            }
            return "{" + blank() + texts.joined(separator: "," + blank()) + "}"
        case .array(let elements):
            return "[" + elements.map { text($0) }.joined(separator: blank() + ",") + blank() + "]"
        case .string(let bytes): return string(bytes)
        case .number(let number):
            return number.description + (random.oneIn(4) ? "e0" : "")
        case .boolean(let value): return value ? "true" : "false"
        case .null: return "null"
        case .outOfRange: return random.oneIn(2) ? "1e400" : "0.0000000000000000001"
        case .duplicate: preconditionFailure("only members stand more than once")
        }
    }

    /// What one of the values of a repeated member may be.
    private mutating func anything() -> String {
        random.pick(["1", "\"x\"", "null", "[1]", "{\"a\":1,\"q\":{\"a\":2}}", "true", "1e400"])
    }

    private mutating func blank() -> String {
        random.oneIn(5) ? random.pick([" ", "\n", "\t "]) : ""
    }

    private mutating func string(_ bytes: [UInt8]) -> String {
        var text = "\""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let digits = String(scalar.value, radix: 16)
            let isPlain = scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
            if scalar.value < 0x10000, !isPlain || random.oneIn(12) {
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
