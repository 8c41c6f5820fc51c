import ArkaRules

/// Renders what fired rules write into `actions`, where that depends on the transaction; one per
/// lane.
///
/// Rendered before there is room in the output: only then is it known how long they are.
final class ActionRenderer {
    private let rows: RowEvaluator
    private let columns: Columns
    private var text = OutputText()
    /// Where the entries of each rule end, in the order rendered.
    private var ends: [Int] = []
    /// How many have been written.
    private var written = 0

    init(_ plan: EvaluationPlan, columns: Columns) {
        rows = RowEvaluator(plan.predicates, columns: columns)
        self.columns = columns
    }

    /// Forgets what was rendered for another row.
    func removeAll() {
        text.bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        written = 0
    }

    /// Renders the entries of a rule.
    /// - Returns: How many bytes they have.
    func render(_ template: [DecisionFragments.Piece], row: Int) -> Int {
        let start = text.bytes.count
        for piece in template {
            switch piece {
            case .bytes(let bytes): text.bytes += bytes
            case .value(let output):
                columns.computed.removeAll()
                if rows.write(output, row, as: .json, to: &text) != nil { text.write("null") }
            }
        }
        ends.append(text.bytes.count)
        return text.bytes.count - start
    }

    /// Writes the entries of the next rule, in the order rendered.
    func writeNext(to writer: inout ByteWriter) {
        let start = written == 0 ? 0 : ends[written - 1]
        let end = ends[written]
        written += 1
        text.bytes.withUnsafeBufferPointer { bytes in
            // SAFETY: they were counted when room was reserved.
            writer.write(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        }
    }
}
