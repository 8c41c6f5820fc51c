public import ArkaModel

/// A row that has left its batch: it waits for calls, or stands behind one of its partition that does.
///
/// It owns copies of what is still needed: of a row that waits the whole record, of a decided one its
/// key and its decision.
public struct HeldRow: Sendable {
    /// How far it has come.
    public enum State: Sendable, Hashable {
        /// Its calls are out, under this name.
        case waiting(ticket: Int)
        /// Decided; the decision is kept.
        case decided(DecisionStatus)
        /// It cannot be decided; the record is kept.
        case deadLetter(DeadLetterReason)
        /// There was nothing to decide.
        case skipped
    }

    /// How far it has come.
    public let state: State
    /// The partition that it was read from.
    public let partition: Int32
    /// Its offset there.
    public let offset: Int64
    /// Milliseconds since 1970, or -1 if the broker has none.
    let timestamp: Int64
    /// Payload, key, headers and decision, those that are kept.
    let bytes: [UInt8]
    let payload: ArenaSlice
    let key: ArenaSlice
    let headers: ArenaSlice
    let decision: ArenaSlice

    /// What it takes of the bound for bytes in flight.
    public var byteCount: Int { bytes.count }
}

extension RecordBatch {
    /// Moves a row out of the batch: nothing of it leaves with the batch any more.
    /// - Precondition: The row has an outcome and was not moved before.
    public func hold(_ row: Int) -> HeldRow {
        let outcome = outcomes[row]
        outcomes[row] = .held
        heldCount += 1
        let record = rows[row]
        var kept = HeldBytes()
        switch outcome {
        case .held: preconditionFailure("a row is moved once")
        case .waiting(let ticket):
            return kept.row(.waiting(ticket: ticket), record, of: self, keeping: .all)
        case .decided(let status, let start, let count):
            return kept.row(
                .decided(status), record, of: self, keeping: .key,
                decision: outputBytes(from: start, count: count))
        case .deadLetter(let reason):
            return kept.row(.deadLetter(deadLetters[reason]), record, of: self, keeping: .all)
        case .skipped: return kept.row(.skipped, record, of: self, keeping: .key)
        }
    }

    /// Puts the record of a row that waited into this batch, to be decided now.
    public func append(recordOf held: HeldRow) {
        append(held)
    }

    /// Puts a row that is decided into this batch, to be sent.
    /// - Precondition: It does not wait.
    public func append(outcomeOf held: HeldRow) {
        append(held)
        outcomes.append(.skipped)
        give(count - 1, outcomeOf: held)
    }

    /// Gives a row that was moved out its outcome; the record has stayed.
    /// - Precondition: The outcome does not wait.
    public func takeBack(_ row: Int, outcomeOf held: HeldRow) {
        precondition(outcomes[row] == .held, "only a row that was moved out comes back")
        heldCount -= 1
        give(row, outcomeOf: held)
    }

    private func give(_ row: Int, outcomeOf held: HeldRow) {
        switch held.state {
        case .waiting: preconditionFailure("a row that waits has no outcome")
        case .skipped: outcomes[row] = .skipped
        case .deadLetter(let reason): setAside(row, reason)
        case .decided(let status):
            let start = output.count
            held.bytes.withUnsafeBytes { bytes in
                // SAFETY: `reserve` gives at least as many bytes; the slice lies within `bytes`.
                output.reserve(held.decision.byteCount).copyMemory(
                    from: bytes.baseAddress.unsafelyUnwrapped + held.decision.start,
                    byteCount: held.decision.byteCount)
            }
            output.commit(held.decision.byteCount)
            outcomes[row] = .decided(status, start: start, count: held.decision.byteCount)
        }
    }

    private func append(_ held: HeldRow) {
        held.bytes.withUnsafeBytes { bytes in
            append(
                payload: slice(held.payload, of: bytes), key: slice(held.key, of: bytes),
                partition: held.partition, offset: held.offset, timestamp: held.timestamp)
            if let headers = slice(held.headers, of: bytes) { setHeaders(headers, of: count - 1) }
        }
    }

    private func slice(
        _ slice: ArenaSlice, of bytes: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        guard !slice.isNull else { return nil }
        // SAFETY: slices of a held row lie within its bytes.
        return UnsafeRawBufferPointer(
            rebasing: bytes[slice.start..<(slice.start + slice.byteCount)])
    }
}

/// Collects what of a row is kept.
private struct HeldBytes {
    enum Extent {
        case all, key
    }

    private var bytes: [UInt8] = []

    mutating func row(
        _ state: HeldRow.State, _ record: RecordRow, of batch: RecordBatch, keeping extent: Extent,
        decision: [UInt8] = []
    ) -> HeldRow {
        let decisionSlice = ArenaSlice(start: 0, count: decision.count)
        bytes = decision
        let key = copy(record.key, of: batch)
        let payload = extent == .all ? copy(record.payload, of: batch) : .null
        let headers = extent == .all ? copy(record.headers, of: batch) : .null
        return HeldRow(
            state: state, partition: record.partition, offset: record.offset,
            timestamp: record.timestamp, bytes: bytes, payload: payload, key: key, headers: headers,
            decision: decisionSlice)
    }

    private mutating func copy(_ slice: ArenaSlice, of batch: RecordBatch) -> ArenaSlice {
        guard let copied = batch.bytes(of: slice) else { return .null }
        defer { bytes += copied }
        return ArenaSlice(start: bytes.count, count: copied.count)
    }
}
