import ArkaModel
import ArkaRules
import ArkaStream

/// Writes decisions as JSON (`arka.decision/1`); one per lane.
final class DecisionWriter {
    private let fragments: DecisionFragments
    private let columns: Columns
    private let results: RuleResults
    private let programs: RulePrograms
    private let options: EvaluationOptions
    private let entries: ActionRenderer
    /// What is stated of calls; `nil` where none are made.
    private let calls: CallEntries?
    /// Whether any are: asked for every row, so without taking hold of the object.
    private let makesCalls: Bool
    private let eventTimeText = LaneArray(repeating: TimestampText(), count: 1)
    private var origin: RecordOrigin?
    private var wallMilliseconds = Columns.noTime
    /// What the decisions of the batch share.
    private(set) var frame = Frame(head: [], middle: [], evaluatedAt: [], isFile: false)

    /// What the decisions of a batch share, as bytes.
    struct Frame {
        /// `{"schema":"arka.decision/1","decision_id":"topic/`
        var head: FrozenArray<UInt8>
        /// `,"rulebook":{…},"source":"topic"`
        var middle: FrozenArray<UInt8>
        /// `,"evaluated_at":"…"`
        var evaluatedAt: FrozenArray<UInt8>
        /// Whether ids have no partition and no timestamp.
        var isFile: Bool

        init(head: [UInt8], middle: [UInt8], evaluatedAt: [UInt8], isFile: Bool) {
            self.head = FrozenArray(head)
            self.middle = FrozenArray(middle)
            self.evaluatedAt = FrozenArray(evaluatedAt)
            self.isFile = isFile
        }
    }

    init(
        _ plan: EvaluationPlan, columns: Columns, results: RuleResults, calls: CallEntries?,
        options: EvaluationOptions
    ) {
        self.calls = calls
        makesCalls = calls != nil
        fragments = plan.fragments
        entries = ActionRenderer(plan, columns: columns)
        programs = plan.programs
        self.columns = columns
        self.results = results
        self.options = options
    }

    /// Prepares what all decisions of a batch share.
    func begin(_ origin: RecordOrigin, _ wallMilliseconds: Int64) {
        if origin != self.origin { render(origin) }
        if wallMilliseconds != self.wallMilliseconds {
            self.wallMilliseconds = wallMilliseconds
            let time = text(of: wallMilliseconds)
            frame.evaluatedAt = FrozenArray(
                Array(",\"evaluated_at\":\"".utf8) + time + [UInt8(ascii: "\"")])
        }
    }

    private func render(_ origin: RecordOrigin) {
        self.origin = origin
        let start = Array("{\"schema\":\"arka.decision/1\",\"decision_id\":\"".utf8)
        frame.head = FrozenArray(start + JSONText.escaped(origin.name) + [UInt8(ascii: "/")])
        frame.middle = FrozenArray(fragments.rulebook + JSONText.quoted(origin.name))
        if case .file = origin { frame.isFile = true } else { frame.isFile = false }
    }

    private func text(of milliseconds: Int64) -> [UInt8] {
        let clamped = min(max(milliseconds, DateTime.earliest), DateTime.latest)
        var text = TimestampText()
        return [UInt8](unsafeUninitializedCapacity: TimestampText.count) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            // SAFETY: a time has exactly as many bytes as there is room for.
            var writer = ByteWriter(at: start)
            text.write(clamped, to: &writer)
            count = TimestampText.count
        }
    }

    /// Bytes of a decision besides its id, source, rules and fields: generous.
    private static let frameMax = 512

    /// Writes the decision of a row.
    /// - Returns: Its status and length; `nil` if it would be too large and nothing was written.
    func write(
        _ record: RecordRow, row: Int, _ frame: borrowing Frame, to room: inout OutputRoom
    ) -> (DecisionStatus, Int)? {
        let id = columns.ids.base[row]
        guard id.count <= options.decisionBytesMax else { return nil }
        let hasRules = !results.fired.isEmpty(row) || !results.unknown.isEmpty(row)
        var bound = Self.frameMax + frame.head.count + frame.middle.count + id.count
        if hasRules {
            guard let rules = ruleBytesMax(row) else { return nil }
            bound += rules
        }
        if makesCalls, let calls { bound += calls.render(row: row) }
        // SAFETY: `bound` bytes are reserved; each part below is counted in it.
        var writer = room.writer(bound)
        let start = writer.position
        writer.write(frame.head)
        writeCoordinates(record, frame.isFile, &writer)
        writer.write("\",\"transaction_id\":")
        if let text = id.start { writer.write(text, id.count) } else { writer.write("null") }
        var status = DecisionStatus.compliant
        if hasRules {
            status = self.status(row)
            writeStatus(status, &writer)
            writeRules(row, &writer)
        } else {
            writer.write(",\"status\":\"compliant\"")
        }
        if makesCalls { calls?.write(to: &writer) }
        writer.write(frame.middle)
        writeTimes(record, row, frame.evaluatedAt, &writer)
        writer.write(UInt8(ascii: "}"))
        let count = writer.position - start
        guard count <= options.decisionBytesMax else { return nil }
        room.keep(count)
        return (status, count)
    }

    private func writeCoordinates(
        _ record: RecordRow, _ isFile: Bool, _ writer: inout ByteWriter
    ) {
        if !isFile {
            writer.write(Int64(record.partition))
            writer.write(UInt8(ascii: "/"))
        }
        writer.write(record.offset)
        if !isFile {
            writer.write(UInt8(ascii: "/"))
            writer.write(record.timestamp)
        }
    }

    private func writeTimes(
        _ record: RecordRow, _ row: Int, _ evaluatedAt: FrozenArray<UInt8>,
        _ writer: inout ByteWriter
    ) {
        var time = columns.eventTimes.base[row]
        if !isTime(time) { time = record.timestamp >= 0 ? record.timestamp : Columns.noTime }
        guard isTime(time) else {
            if !options.deterministic { writer.write(evaluatedAt) }
            return
        }
        writer.write(",\"event_time\":\"")
        let text = UnsafePointer(writer.position)
        eventTimeText.base.pointee.write(time, to: &writer)
        writer.write(UInt8(ascii: "\""))
        guard options.deterministic else { return writer.write(evaluatedAt) }
        writer.write(",\"evaluated_at\":\"")
        writer.write(text, TimestampText.count)
        writer.write(UInt8(ascii: "\""))
    }

    /// Whether it is one that four digits of a year can write; ``Columns/noTime`` is not.
    @inline(__always) private func isTime(_ milliseconds: Int64) -> Bool {
        milliseconds >= DateTime.earliest && milliseconds <= DateTime.latest
    }
}

extension DecisionWriter {
    /// The most severe status of what fired and of what ended unknown.
    private func status(_ row: Int) -> DecisionStatus {
        var status = DecisionStatus.compliant.rawValue
        for rule in results.fired.rules(of: row) {
            status = max(status, programs.rules.base[Int(rule)].status)
        }
        for rule in results.unknown.rules(of: row) {
            status = max(status, programs.rules.base[Int(rule)].unknownStatus)
        }
        return DecisionStatus(rawValue: status) ?? .rejected
    }

    private func writeStatus(_ status: DecisionStatus, _ writer: inout ByteWriter) {
        switch status {
        case .compliant: writer.write(",\"status\":\"compliant\"")
        case .flagged: writer.write(",\"status\":\"flagged\"")
        case .manualReview: writer.write(",\"status\":\"manual_review\"")
        case .rejected: writer.write(",\"status\":\"rejected\"")
        }
    }

    /// Bytes that an entry of `unknown` has besides those of rule and field.
    private static let unknownFrameMax = 128

    /// Bytes that the rules of a row write at most; `nil` if they are more than a decision may have.
    /// Renders the entries that depend on the transaction.
    private func ruleBytesMax(_ row: Int) -> Int? {
        var bound = 0
        if fragments.hasTemplates { entries.removeAll() }
        for rule in results.fired.rules(of: row) {
            if fragments.hasTemplate(Int(rule)) {
                bound += entries.render(fragments.template(Int(rule)), row: row) + 1
                guard bound <= options.decisionBytesMax else { return nil }
            } else {
                bound += fragments.actions(Int(rule)).count + 1
            }
        }
        for rule in results.unknown.rules(of: row) {
            bound += fragments.unknown(Int(rule)).count + Self.unknownFrameMax
            if let reason = results.reason(rule: Int(rule), row: row), reason.field.index >= 0 {
                bound += fragments.field(reason.field).count
            }
        }
        return bound
    }

    private func writeRules(_ row: Int, _ writer: inout ByteWriter) {
        var isFirst = true
        for rule in results.fired.rules(of: row) {
            if fragments.hasTemplate(Int(rule)) {
                writer.write(isFirst ? ",\"actions\":[" : ",")
                entries.writeNext(to: &writer)
                isFirst = false
                continue
            }
            let actions = fragments.actions(Int(rule))
            guard !actions.isEmpty else { continue }
            writer.write(isFirst ? ",\"actions\":[" : ",")
            writer.write(actions)
            isFirst = false
        }
        if !isFirst { writer.write(UInt8(ascii: "]")) }
        isFirst = true
        for rule in results.unknown.rules(of: row) {
            writer.write(isFirst ? ",\"unknown\":[" : ",")
            writeUnknown(Int(rule), row, &writer)
            isFirst = false
        }
        if !isFirst { writer.write(UInt8(ascii: "]")) }
    }

    private func writeUnknown(_ rule: Int, _ row: Int, _ writer: inout ByteWriter) {
        writer.write(fragments.unknown(rule))
        guard let reason = results.reason(rule: rule, row: row) else {
            preconditionFailure("a rule ended unknown without an unknown predicate")
        }
        writer.write(reason.cause.wordText)
        writer.write("\",\"error\":\"")
        if reason.field.index >= 0 { writer.write(fragments.field(reason.field)) }
        writer.write(reason.cause.phrase)
        writer.write("\"}")
    }
}

extension UnknownCause {
    /// ``word`` as bytes that need no `String`.
    var wordText: StaticString {
        switch self {
        case .absent: "absent"
        case .null: "null"
        case .duplicate: "duplicate"
        case .outOfRange: "out_of_range"
        case .otherType: "other_type"
        case .overflow: "overflow"
        case .inexact: "inexact"
        case .dividedByZero: "divided_by_zero"
        case .notCalled: "not_called"
        case .callFailed: "failed"
        case .timedOut: "timeout"
        case .breakerOpen: "open"
        case .budgetSpent: "budget"
        case .disabled: "disabled"
        }
    }
}
