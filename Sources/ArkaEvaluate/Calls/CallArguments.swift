import ArkaModel
import ArkaRules
import ArkaStream

/// Evaluates what calls are given; one per lane.
final class CallArguments {
    private let plan: CallPlan
    private let columns: Columns
    private let rows: RowEvaluator
    // SAFETY: rendering lends one of them at a time, on the lane's thread: see `CallRound`.
    @exclusivity(unchecked) private var current = Rendered()
    @exclusivity(unchecked) private var other = Rendered()

    /// The arguments of a call as JSON, one behind the other.
    private struct Rendered {
        var text = OutputText()
        var ends: [Int] = []
    }

    init(_ plan: CallPlan, _ predicates: PredicatePlan, _ columns: Columns) {
        self.plan = plan
        self.columns = columns
        rows = RowEvaluator(predicates, columns: columns)
    }

    /// Evaluates the arguments of a call, none of which awaits another call.
    /// - Returns: Why the first of them that is unknown is; `nil` if all are known.
    func render(_ call: Int, row: Int) -> UnknownCause? { render(call, row, into: &current) }

    /// Whether another call of the same function is given the same as the one rendered last.
    func isEqual(to call: Int, row: Int) -> Bool {
        guard render(call, row, into: &other) == nil else { return false }
        return current.ends == other.ends && current.text.bytes == other.text.bytes
    }

    private func render(_ call: Int, _ row: Int, into rendered: inout Rendered) -> UnknownCause? {
        rendered.text.bytes.removeAll(keepingCapacity: true)
        rendered.ends.removeAll(keepingCapacity: true)
        for argument in plan.calls[call].arguments {
            columns.computed.removeAll()
            if let reason = rows.write(argument.value, row, as: .json, to: &rendered.text) {
                return reason.cause
            }
            rendered.ends.append(rendered.text.bytes.count)
        }
        return nil
    }

    /// Adds what was rendered last to the arguments of the next question.
    func add(to round: CallRound) {
        var start = 0
        current.text.bytes.withUnsafeBufferPointer { bytes in
            for end in current.ends {
                add(UnsafeBufferPointer(rebasing: bytes[start..<end]), to: round)
                start = end
            }
        }
    }

    private func add(_ json: UnsafeBufferPointer<UInt8>, to round: CallRound) {
        switch json.first {
        case UInt8(ascii: "\""): round.add(.text(addText(json, to: round)))
        case UInt8(ascii: "t"): round.add(.truth(true))
        case UInt8(ascii: "f"): round.add(.truth(false))
        case UInt8(ascii: "n"): round.add(.null)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            round.add(.document(round.add(bytes: UnsafeRawBufferPointer(json))))
        default:
            guard let number = NumberToken.exact(json) else {
                preconditionFailure("numbers are written so that they can be read")
            }
            round.add(.number(number))
        }
    }

    /// Adds a text without its quotes, escapes resolved.
    private func addText(_ json: UnsafeBufferPointer<UInt8>, to round: CallRound) -> Range<Int> {
        let inner = UnsafeBufferPointer(rebasing: json.dropFirst().dropLast())
        guard let start = inner.baseAddress, Unescaping.isNeeded(start, inner.count) else {
            return round.add(bytes: UnsafeRawBufferPointer(inner))
        }
        // SAFETY: the text was written by us, escapes whole; the resolved form is never longer.
        let room = columns.computed.reserve(inner.count)
        let count = Unescaping.resolve(start, inner.count, into: room)
        return round.add(bytes: UnsafeRawBufferPointer(start: room, count: count))
    }
}
