import ArkaModel
import ArkaStream

/// Fills the columns of what calls answer; one per lane.
final class CallAnswers {
    private let plan: CallPlan
    private let columns: Columns
    private let decoders: [RecordDecoder]
    /// The answers whose bytes columns point into.
    // SAFETY: no method lets go of it while it changes it, on the lane's thread: see `CallRound`.
    @exclusivity(unchecked) private var replies: [CallReply] = []

    init(_ plan: CallPlan, columns: Columns, kernels: KernelPath) {
        self.plan = plan
        self.columns = columns
        decoders = plan.tables.map { RecordDecoder($0, columns: columns, kernels: kernels) }
    }

    /// Lets go of all answers; no column that points into one may be read any more.
    func removeAll() { replies.removeAll(keepingCapacity: true) }

    /// Fills what a call of a row came to; the row had no answer to it so far.
    /// - Returns: False if the answer cannot be read: the call failed then.
    func fill(_ call: Int, row: Int, _ value: SettledCall.Value) -> Bool {
        columns.awaited.base[call].set(row, to: false)
        switch value {
        case .unknown(let cause): fill(call, row, Columns.wholeCall | cause.rawValue)
        case .answer(let reply):
            fill(call, row, UnknownCause.absent.rawValue)
            replies.append(reply)
            if decode(reply, call, row) { return true }
            // Whoever answers should have seen that it is no JSON. Nothing half read may count.
            clear(call, row)
            fill(call, row, Columns.wholeCall | UnknownCause.callFailed.rawValue)
            return false
        }
        return true
    }

    /// Says why nothing of an answer is there.
    private func fill(_ call: Int, _ row: Int, _ state: UInt8) {
        for places in plan.places[call] {
            columns.states.base[Int(places.state) + row] = state
        }
    }

    private func decode(_ reply: CallReply, _ call: Int, _ row: Int) -> Bool {
        guard reply.count > 0 else { return false }
        let decoder = decoders[call]
        decoder.begin(largest: reply.count)
        // SAFETY: padding follows the text. The columns keep pointers into the array beyond the
        // closure: its elements stay where they are, because it never changes and `replies` keeps it
        // until no column is read any more.
        return reply.padded.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            return decoder.decode(start, count: reply.count, row: row) == nil
        }
    }

    private func clear(_ call: Int, _ row: Int) {
        for places in plan.places[call] { columns.clear(places, row: row) }
    }
}
