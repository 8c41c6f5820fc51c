import ArkaModel
import ArkaRules
import ArkaStream

/// Fills the columns of what rules read besides the record: the context, and the answers of calls;
/// one per lane.
///
/// The fields of answers are unknown because nobody called. Who does, ``CallRounds``, overwrites the
/// states and values of the rows that have an answer.
final class SuppliedColumns {
    private let columns: Columns
    private let tables: ByteStringTables
    private let context: [(value: RuleContext, places: FieldColumns)]
    /// The state columns of what calls answer.
    private let answers: [Int32]
    private let topology: SuppliedText?
    private let jurisdiction: SuppliedText?
    private var origin: RecordOrigin?
    private var topic: SuppliedText?

    init(_ plan: EvaluationPlan, columns: Columns) {
        self.columns = columns
        tables = plan.fields.tables
        var context: [(RuleContext, FieldColumns)] = []
        var answers: [Int32] = []
        let layout = plan.predicates.layout
        for (place, columns) in zip(layout.places, layout.columns) {
            switch place.origin {
            case .record: break
            case .call: answers.append(columns.state)
            case .context(let value): context.append((value, columns))
            }
        }
        self.context = context
        self.answers = answers
        topology = plan.topology.map { SuppliedText($0) }
        jurisdiction = plan.jurisdiction.map { SuppliedText($0) }
    }

    /// Fills the columns for the rows that are transactions; their records have been read.
    func fill(_ rows: [RecordRow], active: RowMask, origin: RecordOrigin) {
        for state in answers {
            // SAFETY: a column has a cell for each row of a batch.
            (columns.states.base + Int(state)).update(
                repeating: UnknownCause.notCalled.rawValue, count: ColumnLayout.rows)
        }
        guard !context.isEmpty else { return }
        if origin != self.origin {
            self.origin = origin
            topic = SuppliedText(origin.name)
        }
        for (value, places) in context {
            active.forEachRow { row in fill(value, places, rows[row], row, origin) }
        }
    }

    private func fill(
        _ value: RuleContext, _ places: FieldColumns, _ record: RecordRow, _ row: Int,
        _ origin: RecordOrigin
    ) {
        switch value {
        case .eventTime: fillTime(places, record, row)
        case .transactionID: fillID(places, row)
        case .jurisdiction: fill(places, jurisdiction, row)
        case .topology: fill(places, topology, row)
        case .topic: fill(places, topic, row)
        case .partition:
            guard case .topic = origin else { return }
            fill(places, Int64(record.partition), row)
        case .offset: fill(places, record.offset, row)
        }
    }

    private func fill(_ places: FieldColumns, _ text: SuppliedText?, _ row: Int) {
        guard let text else { return }
        fill(places, text: text.text, raw: text.json, row)
    }

    private func fill(_ places: FieldColumns, text: TextSlice, raw: TextSlice, _ row: Int) {
        // SAFETY: whoever supplies a text keeps it until the batch is decided, with the padding that
        // look-ups read.
        guard let start = text.start else { return }
        columns.states.base[Int(places.state) + row] = 0
        if places.text >= 0 { columns.texts.base[Int(places.text) + row] = text }
        if places.raw >= 0 { columns.raws.base[Int(places.raw) + row] = raw }
        guard places.code >= 0 || places.largeCode >= 0 else { return }
        let code = tables.value(
            of: start, text.count, in: places.constants, otherwise: UInt32(Code.other))
        if places.code >= 0 {
            columns.codes.base[Int(places.code) + row] = UInt8(truncatingIfNeeded: code)
        } else {
            columns.largeCodes.base[Int(places.largeCode) + row] = code
        }
    }

    private func fill(_ places: FieldColumns, _ whole: Int64, _ row: Int) {
        columns.states.base[Int(places.state) + row] = 0
        let number = ExactDecimal(whole)
        if places.number >= 0 { columns.store(number, in: places.number, row: row) }
        guard places.raw >= 0 else { return }
        let room = columns.scratch.reserve(20)
        var writer = ByteWriter(at: room)
        writer.write(whole)
        columns.raws.base[Int(places.raw) + row] = TextSlice(
            start: UnsafePointer(room), count: writer.position - room)
    }

    /// The event's own time, or the record's; in seconds, as everything that is a moment.
    private func fillTime(_ places: FieldColumns, _ record: RecordRow, _ row: Int) {
        var time = columns.eventTimes.base[row]
        if !(DateTime.earliest...DateTime.latest).contains(time) {
            time = record.timestamp
            guard (0...DateTime.latest).contains(time) else { return }
        }
        columns.states.base[Int(places.state) + row] = 0
        guard places.moment >= 0 else { return }
        columns.store(
            ExactDecimal(scaled: Int128(time) * 1_000_000_000_000_000), in: places.moment,
            row: row)
    }

    /// The id as the record has it: the language reads it as a text, so a number there is of another
    /// type to its rules.
    private func fillID(_ places: FieldColumns, _ row: Int) {
        let id = columns.ids.base[row]
        guard let start = id.start else { return }
        guard start.pointee == UInt8(ascii: "\"") else {
            let number = NumberToken.exact(UnsafeBufferPointer(start: start, count: id.count))
            columns.states.base[Int(places.state) + row] =
                number == nil ? UnknownCause.outOfRange.rawValue : 0
            if let number, places.number >= 0 { columns.store(number, in: places.number, row: row) }
            if places.raw >= 0 { columns.raws.base[Int(places.raw) + row] = id }
            return
        }
        var text = TextSlice(start: start + 1, count: id.count - 2)
        if Unescaping.isNeeded(start + 1, text.count) {
            let resolved = columns.scratch.reserve(text.count)
            text.count = Unescaping.resolve(start + 1, text.count, into: resolved)
            text.start = UnsafePointer(resolved)
        }
        fill(places, text: text, raw: id, row)
    }
}

/// A text that is the same for many records, also as JSON writes it.
private final class SuppliedText {
    private let bytes: FrozenArray<UInt8>
    let text: TextSlice
    let json: TextSlice

    init(_ text: String) {
        let plain = Array(text.utf8)
        let padding = [UInt8](repeating: 0, count: 16)
        let quoted = JSONText.quoted(text)
        bytes = FrozenArray(plain + padding + quoted)
        // SAFETY: both lie within `bytes`, which live as long as this object.
        self.text = TextSlice(start: bytes.base, count: plain.count)
        json = TextSlice(start: bytes.base + plain.count + padding.count, count: quoted.count)
    }
}
