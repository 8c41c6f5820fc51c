import ArkaModel
import ArkaRules

// Values on their way out of a rule.
extension SlowEvaluator {
    /// A value as JSON writes it, and as people read it inside of a text.
    struct Written {
        let json: String
        let plain: String

        /// The same in both.
        init(_ text: String) { self.init(json: text, plain: text) }

        init(json: String, plain: String) {
            self.json = json
            self.plain = plain
        }

        init(text: [UInt8]) {
            plain = String(decoding: text, as: UTF8.self)
            json = "\"" + plain.unicodeScalars.map(Self.escaped).joined() + "\""
        }

        private static func escaped(_ scalar: Unicode.Scalar) -> String {
            switch scalar {
            case "\"": return "\\\""
            case "\\": return "\\\\"
            case "\n": return "\\n"
            case "\r": return "\\r"
            case "\t": return "\\t"
            case "\0"..."\u{1f}":
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: return String(scalar)
            }
        }
    }

    /// A value as JSON; `nil` where it is unknown.
    func json(_ output: OutputValue, _ record: Transaction) -> String? {
        (try? written(output, record))?.json
    }

    func written(_ output: OutputValue, _ record: Transaction) throws(Unknown) -> Written {
        switch output {
        case .json(let json):
            guard case .string(let bytes, _)? = try? SlowParser.parse(Array(json.utf8)) else {
                return Written(json)
            }
            return Written(json: json, plain: String(decoding: bytes, as: UTF8.self))
        case .field(let field):
            let value = try known(field, record)
            if case .string(let bytes, _) = value { return Written(text: bytes) }
            return Written(Self.minified(value))
        case .number(let term, let form):
            let text = form.text(of: try value(term, record))
            guard let text else {
                throw Unknown(cause: .outOfRange, field: term.fields.first ?? FieldID(-1))
            }
            return form == .plain ? Written(text) : Written(text: Array(text.utf8))
        case .text(let term): return Written(text: try text(term, record))
        case .first(let outputs):
            for output in outputs.dropLast() {
                if let text = try? written(output, record) { return text }
            }
            return try written(outputs[outputs.count - 1], record)
        case .truth(let condition):
            return Written(try evaluate(condition, record) ? "true" : "false")
        case .joined(let pieces):
            let texts = pieces.map { piece -> [UInt8] in
                switch piece {
                case .text(let bytes): bytes
                case .value(let output):
                    Array(((try? written(output, record))?.plain ?? "unknown").utf8)
                }
            }
            return Written(text: texts.flatMap(\.self))
        case .list(let outputs):
            let texts = outputs.map { json($0, record) ?? "null" }
            return Written("[" + texts.joined(separator: ",") + "]")
        }
    }

    private static func minified(_ value: SlowJSON) -> String {
        switch value {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .number(let digits): return (try? ExactDecimal(json: digits))?.description ?? "null"
        case .string(let bytes, _): return Written(text: bytes).json
        case .array(let elements):
            return "[" + elements.map { minified($0) }.joined(separator: ",") + "]"
        case .object(let members):
            var texts: [(key: String, value: String)] = []
            for member in members {
                let key = Written(text: member.key).json
                if let place = texts.firstIndex(where: { $0.key == key }) {
                    texts[place].value = "null"
                } else {
                    texts.append((key, minified(member.value)))
                }
            }
            return "{" + texts.map { $0.key + ":" + $0.value }.joined(separator: ",") + "}"
        }
    }
}
