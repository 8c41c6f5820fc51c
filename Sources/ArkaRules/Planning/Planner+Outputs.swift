import ArkaModel

/// Values on their way out of a rule.
extension Planner {
    mutating func plan(_ action: CheckedAction) -> PlannedAction {
        switch action.kind {
        case .decide(let kind, let reason, let details):
            let plannedReason = reason.map { plan($0) }
            return .decide(kind, reason: plannedReason, details: details.map { plan($0) })
        case .call(let call): return .call(plan(call))
        }
    }

    mutating func plan(_ call: CheckedCall) -> PlannedCall {
        PlannedCall(
            call.function,
            call.arguments.map { PlannedCall.Argument($0.name, plan($0.value)) })
    }

    mutating func plan(_ output: Output) -> OutputValue {
        switch output {
        case .null: return .json("null")
        case .constant(let constant, let unit): return .json(constant.jsonText(unit.form))
        case .field(let field):
            let isMoment = catalogField(field).isContextTime
            return isMoment
                ? .number(.field(use(field, as: .moment)), .moment)
                : .field(use(field, as: .raw))
        case .value(let value, let unit):
            return value.isText ? .text(text(value)) : .number(term(value), unit.form)
        case .first(let outputs): return .first(outputs.map { plan($0) })
        case .truth(let logic):
            switch plan(logic.folded, negated: false) {
            case .constant(let value): return .json(value ? "true" : "false")
            case .condition(let condition): return .truth(condition)
            }
        case .text(let pieces): return plan(pieces)
        case .list(let outputs): return .list(outputs.map { plan($0) })
        }
    }

    /// A text with values in it; those that are the same for every transaction become part of the
    /// text.
    private mutating func plan(_ pieces: [OutputPiece]) -> OutputValue {
        let planned = joined(pieces)
        if planned.isEmpty { return .json("\"\"") }
        if planned.count == 1, case .text(let bytes) = planned[0] {
            return .json(Constant.text(bytes).jsonText(.plain))
        }
        return .joined(planned)
    }

    /// Pieces as planned, no two texts beside each other.
    mutating func joined(_ pieces: [OutputPiece]) -> [OutputValue.OutputPiece] {
        var result: [OutputValue.OutputPiece] = []
        for piece in pieces {
            switch piece {
            case .text(let bytes): Self.append(bytes, to: &result)
            case .value(.constant(let constant, let unit)):
                Self.append(constant.plainText(unit.form), to: &result)
            case .value(let output): result.append(.value(plan(output)))
            }
        }
        return result
    }

    private static func append(_ bytes: [UInt8], to pieces: inout [OutputValue.OutputPiece]) {
        guard case .text(let before) = pieces.last else { return pieces.append(.text(bytes)) }
        pieces[pieces.count - 1] = .text(before + bytes)
    }
}

extension CatalogField {
    /// Whether it is a moment that no record wrote.
    var isContextTime: Bool { place == .context(.eventTime) }
}

extension Output.Unit {
    var form: NumberForm {
        switch self {
        case .plain: .plain
        case .moment: .moment
        case .duration: .duration
        }
    }
}

extension Value {
    /// Whether it computes a text.
    var isText: Bool {
        switch self {
        case .cased, .joined, .constant(.text): true
        default: false
        }
    }
}

extension Constant {
    /// As people read it inside of a text.
    func plainText(_ form: NumberForm) -> [UInt8] {
        switch self {
        case .text(let bytes): bytes
        case .boolean(let value): Array((value ? "true" : "false").utf8)
        case .number(let value): Array((form.text(of: value) ?? "unknown").utf8)
        }
    }

    /// As JSON writes it.
    func jsonText(_ form: NumberForm) -> String {
        switch self {
        case .number(let value):
            switch form {
            case .plain: value.description
            case .moment, .duration: Self.quoted(form.text(of: value) ?? "unknown")
            }
        case .boolean(let value): value ? "true" : "false"
        case .text(let bytes): Self.quoted(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
