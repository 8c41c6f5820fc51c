import ArkaModel
import ArkaStream

/// Renders what a decision states of the calls that were made for it; one per lane.
final class CallEntries {
    /// Of each call what its entry begins with, up to the outcome.
    private let heads: [[UInt8]]
    private let rounds: CallRounds
    // SAFETY: a row is rendered and then written, one after the other on the lane's thread, and nothing
    // that rendering asks comes back here: see `CallRound`.
    @exclusivity(unchecked) private var text = OutputText()
    @exclusivity(unchecked) private var isDegraded = false

    init(_ plan: CallPlan, _ rounds: CallRounds) {
        heads = plan.names.map { Array("{\"function\":".utf8) + $0 + Array(",\"outcome\":".utf8) }
        self.rounds = rounds
    }

    /// Renders `,"calls":[…]` and, where one of them has no answer, `,"degraded":true`; nothing for a
    /// row that made no call.
    /// - Returns: How many bytes they have.
    func render(row: Int) -> Int {
        text.bytes.removeAll(keepingCapacity: true)
        guard rounds.callers.contains(row) else { return 0 }
        isDegraded = false
        text.write(",\"calls\":[")
        let start = text.bytes.count
        rounds.forEachCall(of: row) { made in
            if text.bytes.count > start { text.bytes.append(UInt8(ascii: ",")) }
            write(made)
        }
        text.bytes.append(UInt8(ascii: "]"))
        if isDegraded { text.write(",\"degraded\":true") }
        return text.bytes.count
    }

    /// Writes what was rendered last.
    func write(to writer: inout ByteWriter) {
        // SAFETY: it was counted when room was reserved.
        text.bytes.withUnsafeBufferPointer { writer.write($0) }
    }

    private func write(_ made: CallRounds.Made) {
        let trace = made.settled.trace
        text.bytes += heads[made.call]
        text.write(trace.outcome, isQuoted: true)
        if let age = trace.age { write(",\"age_ms\":", age) }
        if let error = trace.error {
            text.write(",\"error\":")
            write(error)
        }
        switch made.settled.value {
        case .unknown: isDegraded = true
        case .answer(let reply):
            if let age = trace.age, age < reply.timeToLive {
                write(",\"expires_in_ms\":", reply.timeToLive - age)
            }
            write(metadata: reply.metadata)
            write(warnings: reply.warnings)
        }
        text.bytes.append(UInt8(ascii: "}"))
    }

    private func write(_ name: StaticString, _ time: Duration) {
        text.write(name)
        text.bytes += String(time.milliseconds).utf8
    }

    private func write(metadata: [UInt8]) {
        guard !metadata.isEmpty else { return }
        text.write(",\"metadata\":")
        text.bytes += metadata
    }

    private func write(warnings: [String]) {
        guard !warnings.isEmpty else { return }
        text.write(",\"warnings\":[")
        for (index, warning) in warnings.enumerated() {
            if index > 0 { text.bytes.append(UInt8(ascii: ",")) }
            write(warning)
        }
        text.bytes.append(UInt8(ascii: "]"))
    }

    private func write(_ string: String) {
        var string = string
        string.withUTF8 { text.write($0, as: .json) }
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    fileprivate var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
