import ArkaModel
import ArkaRules
import ArkaStream
import Foundation

/// Decides records by walking trees: the independent second opinion on the engine's hot path.
///
/// It shares the planned rules and the exact numbers with the engine; decoding, schema, logic and
/// the text of decisions are its own.
struct SlowEvaluator {
    let book: RuleBook
    let layout: RecordLayout
    var topology: String?
    var jurisdiction: String?

    /// What should become of a record.
    enum Verdict: Equatable {
        case decided(String, DecisionStatus)
        /// No path where the record is no JSON: the reason names a byte there.
        case deadLetter(DeadLetterCode, path: String?)
        case skipped
    }

    /// Where the record comes from, for the decision's text.
    struct Place {
        var topic = "topic"
        var partition: Int32 = 0
        var offset: Int64 = 0
        var timestamp: Int64 = 0
        var evaluatedAt: Int64 = 0
    }

    func decide(_ payload: [UInt8]?, _ place: Place) -> Verdict {
        guard let payload else { return .skipped }
        guard !payload.isEmpty else { return .deadLetter(.emptyPayload, path: "$") }
        let record: SlowJSON
        do {
            record = try SlowParser.parse(payload)
        } catch SlowFault.invalidUTF8 {
            return .deadLetter(.invalidUTF8, path: nil)
        } catch SlowFault.tooDeep {
            return .deadLetter(.nestedTooDeep, path: nil)
        } catch {
            return .deadLetter(.malformedJSON, path: nil)
        }
        if let failure = SlowSchema.check(record, layout.schema) {
            return .deadLetter(failure.code, path: failure.path)
        }
        return decide(record, place)
    }

    private func decide(_ json: SlowJSON, _ place: Place) -> Verdict {
        let record = Transaction(record: json, place: place)
        var status = DecisionStatus.compliant
        var actions: [String] = []
        var unknown: [String] = []
        for rule in book.rules {
            switch truth(rule.condition, record) {
            case .yes:
                for action in rule.actions {
                    status = max(status, action.status)
                    actions.append(entry(rule, action, record))
                }
            case .unknown:
                guard let atLeast = rule.onUnknown.status,
                    let reason = reason(rule.condition, record)
                else { continue }
                status = max(status, atLeast)
                let index = reason.field.index
                let name = index < 0 ? "" : book.fields[index].name
                unknown.append(
                    "{\"rule\":\"\(rule.name)\",\"cause\":\"\(reason.cause.word)\",\"error\":\""
                        + name + Self.phrases[reason.cause, default: "?"] + "\"}")
            case .no: break
            }
        }
        return .decided(text(json, place, status, actions, unknown), status)
    }

    private func entry(
        _ rule: PlannedRule, _ action: PlannedAction, _ transaction: Transaction
    ) -> String {
        var text = "{\"rule\":\"\(rule.name)\",\"action\":"
        switch action {
        case .decide(let kind, let reason, let details):
            text += "\"\(kind.rawValue)\""
            for case (let name, let output?) in [("reason", reason), ("details", details)] {
                text += ",\"\(name)\":" + (json(output, transaction) ?? "null")
            }
        case .call(let call): text += "\"plugin.\(call.function.plugin).\(call.function.name)\""
        }
        return text + "}"
    }

    static let phrases: [UnknownCause: String] = [
        .absent: " is absent", .null: " is null", .duplicate: " stands more than once",
        .outOfRange: " is out of range", .otherType: " is of another type",
        .overflow: ": the result is out of range",
        .inexact: ": the result needs more than 18 decimals",
        .dividedByZero: ": division by zero", .notCalled: " was not asked for",
    ]

    private func text(
        _ record: SlowJSON, _ place: Place, _ status: DecisionStatus, _ actions: [String],
        _ unknown: [String]
    ) -> String {
        var text = "{\"schema\":\"arka.decision/1\",\"decision_id\":\"\(place.topic)/"
        text += "\(place.partition)/\(place.offset)/\(place.timestamp)\",\"transaction_id\":"
        switch SlowEvaluator.find(layout.idPath.map { .property($0) }, record) {
        case .success(.string(_, let raw)): text += String(decoding: raw, as: UTF8.self)
        case .success(.number(let digits)): text += String(decoding: digits, as: UTF8.self)
        default: text += "null"
        }
        text += ",\"status\":\"\(status.word)\""
        if !actions.isEmpty { text += ",\"actions\":[\(actions.joined(separator: ","))]" }
        if !unknown.isEmpty { text += ",\"unknown\":[\(unknown.joined(separator: ","))]" }
        text += ",\"rulebook\":{\"name\":\"book\",\"digest\":\"0123456789abcdef\"}"
        text += ",\"source\":\"\(place.topic)\""
        if let time = eventTime(record, place) {
            text += ",\"event_time\":\"\(Self.stamp(time))\""
        }
        return text + ",\"evaluated_at\":\"\(Self.stamp(place.evaluatedAt))\"}"
    }

    /// The record's own time, or else Kafka's.
    func eventTime(_ record: SlowJSON, _ place: Place) -> Int64? {
        if let path = layout.eventTimePath,
            case .success(.string(let bytes, _)) = Self.find(path.map { .property($0) }, record),
            let own = SlowSchema.milliseconds(String(decoding: bytes, as: UTF8.self)),
            Self.stamp(own).utf8.count == 24
        {
            return own
        }
        return place.timestamp >= 0 ? place.timestamp : nil
    }

    /// As Foundation formats it.
    static func stamp(_ milliseconds: Int64) -> String {
        var seconds = milliseconds / 1000
        var thousandths = milliseconds % 1000
        if thousandths < 0 {
            thousandths += 1000
            seconds -= 1
        }
        var time = tm()
        var whole = time_t(seconds)
        gmtime_r(&whole, &time)
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(width - digits.count, 0)) + digits
        }
        let date =
            "\(padded(Int(time.tm_year) + 1900, 4))-\(padded(Int(time.tm_mon) + 1, 2))-"
            + "\(padded(Int(time.tm_mday), 2))"
        return date + "T\(padded(Int(time.tm_hour), 2)):\(padded(Int(time.tm_min), 2)):"
            + "\(padded(Int(time.tm_sec), 2)).\(padded(Int(thousandths), 3))Z"
    }
}
