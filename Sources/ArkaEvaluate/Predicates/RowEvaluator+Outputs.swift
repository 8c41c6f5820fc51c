import ArkaModel
import ArkaRules

/// Values on their way out of a rule.
extension RowEvaluator {
    /// Writes a value behind what is written already.
    /// - Returns: Why it is unknown; nothing was written then. `nil` if it is known.
    func write(
        _ output: OutputValue, _ row: Int, as form: OutputText.Form, to text: inout OutputText
    ) -> Reason? {
        switch output {
        case .json(let json): text.writeConstant(json, as: form)
        case .field(let field): return write(field, row, as: form, to: &text)
        case .number(let term, let numberForm):
            return write(term, numberForm, row, as: form, to: &text)
        case .text(let term):
            return finish(self.text(term, row)) { text.write($0, as: form) }
        case .first(let outputs):
            var reason: Reason?
            for output in outputs {
                reason = write(output, row, as: form, to: &text)
                if reason == nil { return nil }
            }
            return reason
        case .truth(let condition):
            return finish(evaluate(condition, row)) { text.write($0 ? "true" : "false") }
        case .joined(let pieces): write(pieces, row, as: form, to: &text)
        case .list(let outputs): write(outputs, row, as: form, to: &text)
        }
        return nil
    }

    private func finish<Value>(_ operand: Operand<Value>, _ write: (Value) -> Void) -> Reason? {
        switch operand {
        case .known(let value):
            write(value)
            return nil
        case .unknown(let reason): return reason
        }
    }

    /// A moment that four digits of a year cannot write is out of range.
    private func write(
        _ term: Term, _ numberForm: NumberForm, _ row: Int, as form: OutputText.Form,
        to text: inout OutputText
    ) -> Reason? {
        switch value(term, row) {
        case .unknown(let reason): return reason
        case .known(let number):
            guard let written = numberForm.text(of: number) else {
                return Reason(cause: .outOfRange, field: term.fields.first ?? FieldID(-1))
            }
            text.write(written, isQuoted: form == .json && numberForm != .plain)
            return nil
        }
    }

    private func write(
        _ field: FieldID, _ row: Int, as form: OutputText.Form, to text: inout OutputText
    ) -> Reason? {
        if let cause = state(field, row) {
            return Reason(cause: cause, field: field)
        }
        guard let raw = raw(field, row) else { return Reason(cause: .absent, field: field) }
        text.writeRaw(raw, as: form)
        return nil
    }

    /// A text with values in it is always known.
    private func write(
        _ pieces: [OutputValue.OutputPiece], _ row: Int, as form: OutputText.Form,
        to text: inout OutputText
    ) {
        var inner = OutputText()
        for piece in pieces {
            switch piece {
            case .text(let bytes): inner.bytes += bytes
            case .value(let output):
                if write(output, row, as: .plain, to: &inner) != nil { inner.write("unknown") }
            }
        }
        inner.bytes.withUnsafeBufferPointer { text.write($0, as: form) }
    }

    private func write(
        _ outputs: [OutputValue], _ row: Int, as form: OutputText.Form,
        to text: inout OutputText
    ) {
        text.bytes.append(UInt8(ascii: "["))
        for (index, output) in outputs.enumerated() {
            if index > 0 { text.bytes.append(UInt8(ascii: ",")) }
            if write(output, row, as: .json, to: &text) != nil { text.write("null") }
        }
        text.bytes.append(UInt8(ascii: "]"))
    }
}
