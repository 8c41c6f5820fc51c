import ArkaModel
import ArkaRules

/// What a rule says besides firing.
extension PlanWalk {
    /// An output as JSON; null where it is unknown.
    func json(_ output: OutputValue) -> String {
        guard case .value(let text) = written(output) else { return "null" }
        return text
    }

    private func written(_ output: OutputValue) -> Reading<String> {
        switch output {
        case .json(let text): return .value(text)
        case .field(let field): return raw(field).then { .value($0.jsonText) }
        case .number(let term, let form):
            return self.term(term).then { number in
                guard let text = form.text(of: number) else {
                    return .unknown(.outOfRange, field: nil)
                }
                return .value(form == .plain ? text : quoted(text))
            }
        case .text(let text): return self.text(text).then { .value(quoted($0)) }
        case .truth(let condition):
            return evaluate(condition).then { .value($0 ? "true" : "false") }
        case .first(let outputs):
            let readings = outputs.map(written)
            return readings.first(where: \.isKnown) ?? readings[readings.count - 1]
        case .joined(let pieces):
            let texts = pieces.map { piece in
                guard case .value(let bytes) = text(of: piece) else { return Array("unknown".utf8) }
                return bytes
            }
            return .value(quoted(texts.flatMap(\.self)))
        case .list(let outputs):
            return .value("[" + outputs.map(json).joined(separator: ",") + "]")
        }
    }

    /// A piece of a text, as people read it.
    func text(of piece: OutputValue.OutputPiece) -> Reading<[UInt8]> {
        switch piece {
        case .text(let bytes): return .value(bytes)
        case .value(.field(let field)):
            return raw(field).then { value in
                if case .string(let bytes) = value { return .value(bytes) }
                return .value(Array(value.jsonText.utf8))
            }
        case .value(.text(let text)): return self.text(text)
        case .value(.number(let term, let form)):
            return self.term(term).then { number in
                form.text(of: number).map { .value(Array($0.utf8)) }
                    ?? .unknown(.outOfRange, field: nil)
            }
        case .value(.first(let outputs)):
            let readings = outputs.map { text(of: .value($0)) }
            return readings.first(where: \.isKnown) ?? readings[readings.count - 1]
        case .value(.json(let text)): return .value(unquoted(text))
        case .value(let output): return written(output).then { .value(unquoted($0)) }
        }
    }

    private func quoted(_ text: String) -> String { quoted(Array(text.utf8)) }

    private func quoted(_ bytes: [UInt8]) -> String { RecordValue.string(bytes).jsonText }

    private func unquoted(_ json: String) -> [UInt8] {
        guard json.first == "\"" else { return Array(json.utf8) }
        return Array((JSONText(json).string ?? "").utf8)
    }
}
