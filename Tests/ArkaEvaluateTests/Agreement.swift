import ArkaEvaluate
import ArkaModel
import ArkaRules

/// What the interpreter is told of a transaction, and decisions as it states them.
extension Engine {
    /// What rules know besides a record.
    func context(
        of record: RecordValue, offset: Int
    ) -> [RuleContext: RecordValue] {
        var context: [RuleContext: RecordValue] = [
            .topology: .string(Array((evaluator.plan.topology ?? "").utf8)),
            .topic: .string(Array(origin.name.utf8)), .partition: 3,
            .offset: .number(ExactDecimal(Int64(offset))),
            .eventTime: .number(ExactDecimal(fast: timestamp * 1000)),
        ]
        context[.jurisdiction] = evaluator.plan.jurisdiction.map {
            .string(Array($0.utf8))
        }
        guard case .object(let members) = record else { return context }
        switch members[Array("b".utf8)] {
        case .string(let text)?: context[.transactionID] = .string(text)
        case .number(let number)?: context[.transactionID] = .number(number)
        default: break
        }
        // What a record says of itself counts to the millisecond, as decisions state it.
        if case .string(let text)? = members[Array("t".utf8)],
            let time = SlowSchema.milliseconds(String(decoding: text, as: UTF8.self)),
            SlowEvaluator.stamp(time).utf8.count == 24
        {
            context[.eventTime] = .number(ExactDecimal(fast: time * 1000))
        }
        return context
    }
}

extension RecordValue {
    /// A decision as the tests' own parser reads it.
    init(_ result: RowResult) {
        self =
            (try? SlowParser.parse(Array(result.description.utf8))).map { RecordValue($0) } ?? .null
    }

    init(_ value: SlowJSON) {
        switch value {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number(let digits):
            self = (try? ExactDecimal(json: digits)).map { .number($0) } ?? .outOfRange
        case .string(let bytes, _): self = .string(bytes)
        case .array(let elements): self = .array(elements.map { RecordValue($0) })
        case .object(let members):
            self = .object(
                Dictionary(members.map { ($0.key, RecordValue($0.value)) }) { _, _ in .duplicate })
        }
    }

    /// A member; null if there is none.
    subscript(name: String) -> RecordValue {
        guard case .object(let members) = self else { return .null }
        return members[Array(name.utf8)] ?? .null
    }

    var elements: [RecordValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
}
