import ArkaDocuments
import ArkaModel

/// What the engine would know of a transaction, as written.
struct ContextDraft: Sendable {
    var eventTime: Int64?
    var jurisdiction: String?
    var topic: String?
    var partition = 0
    var offset = 0
}

/// Answers for `pact rules explain`, as written.
struct RuleMocksDraft: Sendable {
    var context = ContextDraft()
    var mocks: YAMLNode?
}

extension DocumentKind where Spec == RuleMocksDraft {
    /// `kind: RuleMocks`: what functions answer while a rule is explained.
    static let ruleMocks = DocumentKind(
        "RuleMocks", "What functions answer while a rule is explained.", spec: ruleMocksSection)
}

private let ruleMocksSection = Section<RuleMocksDraft>(
    RuleMocksDraft(),
    [
        Field(
            "context", .section(contextSection), into: \.context,
            "What the engine would know of the transaction besides its record."),
        Field(
            "mocks", .anything("a function's path → its answer"), into: \.mocks,
            absence: "no function answers",
            example: "{plugin.sanctions_list.check_sanctions: {is_sanctioned: true}}",
            "What functions answer, as in `kind: RuleTests`."),
    ])

let contextSection = Section<ContextDraft>(
    ContextDraft(),
    [
        Field(
            "event_time", moment, into: \.eventTime, absence: "`clock`",
            example: "2026-01-31T12:00:00Z",
            "The record's timestamp: its event time where it has none of its own."),
        Field(
            "jurisdiction", .text("text"), into: \.jurisdiction, absence: "the topology's",
            example: "EU", "Whose law the decision is made under."),
        Field(
            "topic", .text("text"), into: \.topic, absence: "the topology's source topic",
            example: "payments", "The topic that the record came from."),
        Field("partition", .integer(0...Int(Int32.max)), into: \.partition, "Its partition."),
        Field("offset", .integer(0...Int.max), into: \.offset, "Its offset in the partition."),
    ])

/// A date and time, as milliseconds since 1970.
let moment = FieldType.text("a date and time such as 2026-01-31T12:00:00Z").mapping(
    convert: { (text: String) throws(Expectation) -> Int64 in
        guard let time = timestampMilliseconds(text) else {
            throw Expectation("a date and time such as 2026-01-31T12:00:00Z")
        }
        return time
    },
    restore: { _ in nil })

/// Why something is unknown, by the words of decisions.
let unknownCause = FieldType.text(UnknownCause.allCases.map(\.word).joined(separator: ", "))
    .mapping(
        convert: { (word: String) throws(Expectation) -> UnknownCause in
            let words = UnknownCause.allCases.map(\.word)
            if let cause = UnknownCause.allCases.first(where: { $0.word == word }) { return cause }
            throw Expectation(
                "one of " + words.joined(separator: ", "),
                suggestion: nearName(to: word, among: words))
        },
        restore: \.word)
