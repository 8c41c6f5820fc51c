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

    private func decide(_ record: SlowJSON, _ place: Place) -> Verdict {
        var status = DecisionStatus.compliant
        var actions: [String] = []
        var unknown: [String] = []
        for rule in book.rules {
            switch truth(rule.condition, record) {
            case .yes:
                for action in rule.actions {
                    status = max(status, action.kind.status)
                    var text = "{\"rule\":\"\(rule.name)\",\"action\":\"\(action.kind.rawValue)\""
                    if let reason = action.reason { text += ",\"reason\":\"\(reason)\"" }
                    if let details = action.details { text += ",\"details\":\(details)" }
                    actions.append(text + "}")
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
        return .decided(text(record, place, status, actions, unknown), status)
    }

    static let phrases: [UnknownCause: String] = [
        .absent: " is absent", .null: " is null", .duplicate: " stands more than once",
        .outOfRange: " is out of range", .otherType: " is of another type",
        .overflow: ": the result is out of range",
        .inexact: ": the result needs more than 18 decimals",
        .dividedByZero: ": division by zero",
    ]

    private func text(
        _ record: SlowJSON, _ place: Place, _ status: DecisionStatus, _ actions: [String],
        _ unknown: [String]
    ) -> String {
        var text = "{\"schema\":\"arka.decision/1\",\"decision_id\":\"\(place.topic)/"
        text += "\(place.partition)/\(place.offset)/\(place.timestamp)\",\"transaction_id\":"
        switch find(layout.idPath, record) {
        case .success(.string(_, let raw)): text += String(decoding: raw, as: UTF8.self)
        case .success(.number(let digits)): text += String(decoding: digits, as: UTF8.self)
        default: text += "null"
        }
        text += ",\"status\":\"\(status.word)\""
        if !actions.isEmpty { text += ",\"actions\":[\(actions.joined(separator: ","))]" }
        if !unknown.isEmpty { text += ",\"unknown\":[\(unknown.joined(separator: ","))]" }
        text += ",\"rulebook\":{\"name\":\"book\",\"digest\":\"0123456789abcdef\"}"
        text += ",\"source\":\"\(place.topic)\""
        var time = place.timestamp >= 0 ? place.timestamp : nil
        if let path = layout.eventTimePath,
            case .success(.string(let bytes, _)) = find(path, record),
            let own = SlowSchema.milliseconds(String(decoding: bytes, as: UTF8.self)),
            Self.stamp(own).utf8.count == 24
        {
            time = own
        }
        if let time {
            text += ",\"event_time\":\"\(Self.stamp(time))\""
        }
        return text + ",\"evaluated_at\":\"\(Self.stamp(place.evaluatedAt))\"}"
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

// Reading fields.
extension SlowEvaluator {
    struct Unknown: Error {
        let cause: UnknownCause
        var field = FieldID(-1)
    }

    /// The one value at a path; a failure where there is none or more than one.
    func find(_ path: [String], _ record: SlowJSON) -> Result<SlowJSON, Unknown> {
        var value = record
        for name in path {
            guard case .object(let members) = value else {
                return .failure(Unknown(cause: .absent))
            }
            let found = members.filter { $0.key == Array(name.utf8) }
            guard let first = found.first else { return .failure(Unknown(cause: .absent)) }
            guard found.count == 1 else { return .failure(Unknown(cause: .duplicate)) }
            value = first.value
        }
        return .success(value)
    }

    /// A field that is known; its type does not matter.
    private func known(_ field: FieldID, _ record: SlowJSON) throws(Unknown) -> SlowJSON {
        switch find(book.fields[field.index].path, record) {
        case .failure(let unknown): throw Unknown(cause: unknown.cause, field: field)
        case .success(.null): throw Unknown(cause: .null, field: field)
        case .success(.number(let text)):
            guard (try? ExactDecimal(json: text)) != nil else {
                throw Unknown(cause: .outOfRange, field: field)
            }
            return .number(text)
        case .success(let value): return value
        }
    }

    private func number(_ field: FieldID, _ record: SlowJSON) throws(Unknown) -> ExactDecimal {
        guard case .number(let text) = try known(field, record),
            let value = try? ExactDecimal(json: text)
        else { throw Unknown(cause: .otherType, field: field) }
        return value
    }

    private func text(_ field: FieldID, _ record: SlowJSON) throws(Unknown) -> [UInt8] {
        guard case .string(let bytes, _) = try known(field, record) else {
            throw Unknown(cause: .otherType, field: field)
        }
        return bytes
    }

    private func boolean(_ field: FieldID, _ record: SlowJSON) throws(Unknown) -> Bool {
        guard case .boolean(let value) = try known(field, record) else {
            throw Unknown(cause: .otherType, field: field)
        }
        return value
    }

    private func compare<Value: Equatable>(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ less: (Value, Value) -> Bool
    ) -> Bool {
        switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .less: less(a, b)
        case .lessOrEqual: a == b || less(a, b)
        case .greater: less(b, a)
        case .greaterOrEqual: a == b || less(b, a)
        }
    }

    private func value(_ term: Term, _ record: SlowJSON) throws(Unknown) -> ExactDecimal {
        switch term {
        case .constant(let value): return value
        case .field(let field): return try number(field, record)
        case .negate(let inner):
            return try checked(try value(inner, record).negated, .overflow, term)
        case .add(let a, let b):
            let x = try value(a, record)
            return try checked(x.adding(try value(b, record)), .overflow, term)
        case .subtract(let a, let b):
            let x = try value(a, record)
            return try checked(x.subtracting(try value(b, record)), .overflow, term)
        case .multiply(let a, let b):
            let x = try value(a, record)
            let y = try value(b, record)
            do {
                return try x.multiplied(by: y)
            } catch {
                let cause: UnknownCause = error == .overflow ? .overflow : .inexact
                return try checked(nil, cause, term)
            }
        case .either(let a, let b):
            if let value = try? value(a, record) { return value }
            return try value(b, record)
        }
    }

    private func checked(
        _ value: ExactDecimal?, _ cause: UnknownCause, _ term: Term
    ) throws(Unknown) -> ExactDecimal {
        guard let value else {
            throw Unknown(cause: cause, field: term.fields.first ?? FieldID(-1))
        }
        return value
    }
}

// Three-valued logic.
extension SlowEvaluator {
    private func holds(_ predicate: ArkaRules.Predicate, _ record: SlowJSON) throws(Unknown) -> Bool
    {
        switch predicate {
        case .constant(let value): return value
        case .known(let field): return (try? known(field, record)) != nil
        case .readable(let field, let uses):
            guard let value = try? known(field, record) else { return false }
            switch value {
            case .number: return uses.contains(.number) || uses.contains(.presence)
            case .string:
                return uses.contains(.text) || uses.contains(.bytes) || uses.contains(.presence)
            case .boolean: return uses.contains(.boolean) || uses.contains(.presence)
            default: return uses.contains(.presence)
            }
        case .number(let field, let comparison, let constant):
            return compare(try number(field, record), comparison, constant, <)
        case .numberIn(let field, let list): return list.contains(try number(field, record))
        case .textIn(let field, let list): return list.contains(try text(field, record))
        case .text(let field, let comparison, let constant):
            return compare(try text(field, record), comparison, constant) {
                $0.lexicographicallyPrecedes($1)
            }
        case .texts(let a, let comparison, let b):
            let x = try text(a, record)
            return compare(x, comparison, try text(b, record)) { $0.lexicographicallyPrecedes($1) }
        case .isTrue(let field): return try boolean(field, record)
        case .booleansEqual(let a, let b):
            let x = try boolean(a, record)
            return x == (try boolean(b, record))
        case .arithmetic(let a, let comparison, let b):
            let x = try value(a, record)
            return compare(x, comparison, try value(b, record), <)
        case .ratio(let dividend, let divisor, let comparison, let other):
            let a = try value(dividend, record)
            let b = try value(divisor, record)
            let c = try value(other, record)
            guard let ordering = ExactDecimal.compare(quotientOf: a, by: b, with: c) else {
                throw Unknown(cause: .dividedByZero, field: divisor.fields.first ?? FieldID(-1))
            }
            return compare(Int(ordering.rawValue), comparison, 0, <)
        }
    }

    func truth(_ condition: Condition, _ record: SlowJSON) -> Truth {
        switch condition {
        case .leaf(let id, let negated):
            guard let value = try? holds(book.predicates[id.index], record) else { return .unknown }
            return Truth(value != negated)
        case .all(let children):
            return children.reduce(.yes) { $0.and(truth($1, record)) }
        case .any(let children):
            return children.reduce(.no) { $0.or(truth($1, record)) }
        }
    }

    private func reason(_ condition: Condition, _ record: SlowJSON) -> Unknown? {
        guard truth(condition, record) == .unknown else { return nil }
        switch condition {
        case .leaf(let id, _):
            do {
                _ = try holds(book.predicates[id.index], record)
                return nil
            } catch {
                return error
            }
        case .all(let children), .any(let children):
            return children.lazy.compactMap { reason($0, record) }.first
        }
    }
}
