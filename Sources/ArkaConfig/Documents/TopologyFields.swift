import ArkaDocuments
import ArkaModel

extension DocumentKind where Spec == TopologyDraft {
    /// `kind: Topology`: where transactions come from, how they are judged, where decisions go.
    static let topology = DocumentKind(
        "Topology", "Where transactions come from, how they are judged, where decisions go.",
        spec: topologySection)
}

private let topic = FieldType.text(kafkaNameWords, isAllowed: isKafkaName)

private let topologySection = Section<TopologyDraft>(
    TopologyDraft(),
    [
        Field(
            "source", .section(sourceSection), into: \.source, isRequired: true,
            "Where transactions are read."),
        Field(
            "jurisdiction", .text("text"), into: \.jurisdiction, absence: "none", example: "EU",
            "Whose law the decisions are made under; rules read it as `context.jurisdiction`."),
        Field("record", .section(recordSection), into: \.record, "How a record is read."),
        Field(
            "rules", .section(rulesSection), into: \.rules, isRequired: true,
            "How transactions are judged."),
        Field(
            "decisions", .section(decisionsSection), into: \.decisions, isRequired: true,
            "Where decisions go: one per transaction, with the key of its record."),
        Field(
            "dead_letters", .section(deadLettersSection), into: \.deadLetters,
            "Where records go that cannot be decided, with the reason in their headers."),
        Field(
            "guarantee", .choice, into: \.guarantee,
            """
            `exactly_once`: decisions, dead letters and offsets in one Kafka transaction. \
            `at_least_once`: a crash may repeat decisions.
            """),
        Field(
            "commit_interval", .duration(.milliseconds(1) ... .seconds(1)), into: \.commitInterval,
            "Time between the first decision of a transaction and its commit."),
        Field(
            "plugins", pluginsField, into: \.plugins, "The plugins whose functions rules call."),
        Field(
            "decision_budget", .duration(.milliseconds(1) ... .seconds(60)), into: \.decisionBudget,
            """
            The longest that a decision waits for all its calls and their repetitions, from when its \
            record was read. Then what is missing is unknown.
            """),
        Field(
            "kafka", .section(kafkaSection), into: \.kafka,
            "How to reach Kafka; an engine document may override it."),
    ])

private let sourceSection = Section<SourceSpec>(
    SourceSpec(topic: "", group: ""),
    [
        Field(
            "topic", topic, into: \.topic, isRequired: true, example: "payments",
            "The topic of the transactions."),
        Field(
            "group", topic, into: \.group, isRequired: true, example: "fraud",
            "The consumer group. Processes of one group share the partitions."),
        Field(
            "start", startPosition, into: \.start, example: "2026-01-01T00:00:00Z",
            """
            Where a partition starts that has no committed offset. It never moves one that has.
            """),
    ])

private let recordSection = Section<TopologyDraft.Record>(
    TopologyDraft.Record(),
    [
        Field(
            "schema", .text("a path"), into: \.schema,
            absence: "none: every value may be anything", example: "record.schema.json",
            "JSON Schema of the records. Rules are checked against it; what breaks it is a dead letter."
        ),
        Field(
            "roots",
            .map(
                keys: "a word that paths in rules begin with",
                to: .text(recordPathWords, isAllowed: { recordPath($0) != nil })),
            into: \.roots, "The words that paths in rules begin with, and what each stands for."),
        Field(
            "id", .text(recordPathWords, isAllowed: { recordPath($0) != nil }), into: \.id,
            "Where the transaction's id is."),
        Field(
            "event_time",
            .text(recordPathWords, isAllowed: { recordPath($0) != nil }),
            into: \.eventTime, absence: "the record's Kafka timestamp", example: "$.timestamp",
            "Where the time of the event is."),
    ])

private let rulesSection = Section<TopologyDraft.Rules>(
    TopologyDraft.Rules(),
    [
        Field(
            "files", .list(of: .text("a path"), countRange: 1...1_000), into: \.files,
            isRequired: true, example: "[rules/*.pact]",
            "Rule files in their order. `*` and `?` in the last part of a path match names."),
        Field(
            "functions", .list(of: .text("a path"), countRange: 0...1_000), into: \.functions,
            example: "[functions/*.yaml]",
            """
            Documents of `kind: FunctionTable`: what the functions take and answer that rules call. \
            Paths as in `files`.
            """),
        Field(
            "on_unknown", .choice, into: \.onUnknown,
            absence: "review, and rules that can be unknown must say so", example: "review",
            """
            What becomes of a transaction where a rule is neither true nor false: `review`, `flag`, \
            `reject`, `ignore`. A rule's own word wins.
            """),
    ])

private let decisionsSection = Section<TopologyDraft.Topic>(
    TopologyDraft.Topic(),
    [
        Field(
            "topic", topic, into: \.topic, isRequired: true, example: "decisions",
            "The topic of the decisions.")
    ])

private let deadLettersSection = Section<TopologyDraft.DeadLetters>(
    TopologyDraft.DeadLetters(),
    [
        Field(
            "topic", topic, into: \.topic, absence: "`<decisions>.dlq`",
            example: "decisions.dlq", "The topic of the dead letters.")
    ])

private let startPosition = FieldType.text("`earliest`, `latest` or a date and time").mapping(
    convert: { (text: String) throws(Expectation) -> StartPosition in
        if text == "earliest" { return .earliest }
        if text == "latest" { return .latest }
        if let time = timestampMilliseconds(text) { return .timestamp(milliseconds: time) }
        throw Expectation(
            "earliest, latest or a date and time such as 2026-01-01T00:00:00Z",
            suggestion: nearName(to: text, among: ["earliest", "latest"]))
    },
    restore: { start in
        switch start {
        case .earliest: "earliest"
        case .latest: "latest"
        case .timestamp: nil
        }
    })
