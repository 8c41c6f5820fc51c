import ArkaModel
import ArkaRules
import ArkaText

/// The same predicate for many rows. What plain fields are asked is asked in a loop of its own, so
/// that the predicate is taken apart once, not once a row.
extension RowEvaluator {
    /// The rows for which a predicate is true, and those for which it is false.
    func answers(_ predicate: Predicate, among rows: RowMask) -> (yes: RowMask, no: RowMask) {
        switch predicate {
        case .textTest(.field(let field), let test):
            if case .constant(let part)? = test.other {
                return part.withUnsafeBufferPointer { part in
                    texts(field, rows) { Self.holds($0, test, part) }
                }
            }
            if test.other == nil { return texts(field, rows) { Self.holds($0, test) } }
        case .text(let field, let comparison, let constant):
            return constant.withUnsafeBufferPointer { constant in
                texts(field, rows) { comparison.holds($0, constant) }
            }
        case .listed(.field(let field), let list):
            if case .texts(_, let texts) = lists[list.index] {
                return self.texts(field, rows) { texts.contains($0) }
            }
        default: break
        }
        return rowByRow(predicate, rows)
    }

    private func texts(
        _ field: FieldID, _ rows: RowMask, _ holds: (TextBytes) -> Bool
    ) -> (yes: RowMask, no: RowMask) {
        var answers = (yes: RowMask.none, no: RowMask.none)
        let column = columns.texts.base + Int(layout.columns(of: field).text)
        rows.forEachRow { row in
            // SAFETY: the decoder stored the extent of a string of this batch; a column has a cell
            // for each row.
            guard let start = column[row].start else { return }
            if holds(TextBytes(start: start, count: column[row].count)) {
                answers.yes.set(row, to: true)
            } else {
                answers.no.set(row, to: true)
            }
        }
        return answers
    }

    private func rowByRow(
        _ predicate: Predicate, _ rows: RowMask
    ) -> (yes: RowMask, no: RowMask) {
        var answers = (yes: RowMask.none, no: RowMask.none)
        rows.forEachRow { row in
            guard case .known(let value) = answer(predicate, row: row) else { return }
            if value { answers.yes.set(row, to: true) } else { answers.no.set(row, to: true) }
        }
        return answers
    }
}
