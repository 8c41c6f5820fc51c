import ArkaModel

/// Values on their way out of a rule.
extension TreeWalk {
    /// A text with values in it; unknown if one of them is.
    func joined(_ pieces: [OutputPiece]) -> Outcome<[UInt8]> {
        pieces.reduce(.known([])) { result, piece in
            result.flatMap { text in
                switch piece {
                case .text(let bytes): .known(text + bytes)
                case .value(let output):
                    value(of: output).map { text + Array($0.plainText.utf8) }
                }
            }
        }
    }

    /// What comes out, as a value of a record. A text with values in it is always known: it says
    /// `unknown` where one of them is.
    func value(of output: Output) -> Outcome<RecordValue> {
        switch output {
        case .null: return .known(.null)
        case .constant(let constant, let unit): return written(constant, unit)
        case .field(let field): return value(at: field)
        case .value(let value, let unit):
            return evaluate(value, as: value.isText ? .text : .number).flatMap {
                written($0, unit)
            }
        case .first(let outputs):
            return outputs.dropFirst().reduce(value(of: outputs[0])) { result, next in
                guard case .unknown = result else { return result }
                return value(of: next)
            }
        case .truth(let logic): return evaluate(logic).map { .boolean($0) }
        case .text(let pieces):
            let text = pieces.map { piece in
                switch piece {
                case .text(let bytes): bytes
                case .value(let output): Array(plainText(of: output).utf8)
                }
            }
            return .known(.string(text.flatMap(\.self)))
        case .list(let outputs):
            return .known(.array(outputs.map { written($0) }))
        }
    }

    /// What comes out, null where it is unknown.
    func written(_ output: Output) -> RecordValue {
        switch value(of: output) {
        case .known(let value): value
        case .unknown: .null
        }
    }

    private func value(at field: FieldIndex) -> Outcome<RecordValue> {
        switch find(field) {
        case .value(.number(let seconds)) where fields[field].isContextTime:
            written(.number(seconds), .moment)
        case .value(.outOfRange): unknown(.outOfRange, field)
        case .value(let value): .known(value)
        case .nothing(let cause): unknown(cause, field)
        }
    }

    /// A constant as a record could hold it.
    private func written(_ constant: Constant, _ unit: Output.Unit) -> Outcome<RecordValue> {
        switch constant {
        case .text(let bytes): return .known(.string(bytes))
        case .boolean(let value): return .known(.boolean(value))
        case .number(let number):
            guard unit != .plain else { return .known(.number(number)) }
            guard let text = unit.form.text(of: number) else {
                return .unknown(Reason(cause: .outOfRange))
            }
            return .known(.string(Array(text.utf8)))
        }
    }

    private func plainText(of output: Output) -> String {
        switch value(of: output) {
        case .known(let value): value.plainText
        case .unknown: "unknown"
        }
    }
}

extension RecordValue {
    /// As people read it inside of a text: a text without quotes, everything else as JSON.
    public var plainText: String {
        guard case .string(let bytes) = self else { return jsonText }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As JSON writes it, without blanks, members in the order of their names' bytes, numbers in
    /// their shortest form. What a record cannot show twice or exactly is null.
    public var jsonText: String {
        switch self {
        case .null, .duplicate, .outOfRange: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .number(let number): return number.description
        case .string(let bytes): return Constant.text(bytes).jsonText(.plain)
        case .array(let elements):
            return "[" + elements.map(\.jsonText).joined(separator: ",") + "]"
        case .object(let members):
            let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            let texts = sorted.map {
                Constant.text($0.key).jsonText(.plain) + ":" + $0.value.jsonText
            }
            return "{" + texts.joined(separator: ",") + "}"
        }
    }
}
