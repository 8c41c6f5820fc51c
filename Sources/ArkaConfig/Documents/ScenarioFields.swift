import ArkaDocuments
import ArkaModel

extension DocumentKind where Spec == ScenarioSpec {
    /// `kind: Scenario`: one comparison that `pact bench` makes.
    static let scenario = DocumentKind(
        "Scenario", "What a bench runs, how often, and what must hold.", spec: scenarioSection)
}

private let scenarioSection = Section<ScenarioSpec>(
    ScenarioSpec(),
    [
        Field(
            "topology", .text("a path"), into: \.topology, isRequired: true,
            example: "../workload/rules-100.yaml",
            """
            The topology that decides. It must take `PACT_SOURCE_TOPIC`, `PACT_DECISIONS_TOPIC`, \
            `PACT_DEAD_LETTER_TOPIC`, `PACT_GROUP` and `PACT_GUARANTEE` from the environment.
            """),
        Field(
            "messages", .text("a path"), into: \.messages, isRequired: true,
            example: "../workload/messages.jsonl.zst",
            "JSON lines that fill the source topic, keyed by their transaction's id."),
        Field(
            "records", .integer(1...100_000_000), into: \.records,
            "Records in the source topic; the messages are repeated until there are so many."),
        Field(
            "partitions", .integer(1...256), into: \.partitions, "Partitions of every topic."),
        Field(
            "lanes", .integer(1...32), into: \.lanes, absence: "one per core",
            "Lane threads of both sides."),
        Field(
            "guarantees", .list(of: .choice, countRange: 1...2), into: \.guarantees,
            "What is promised, in the order of the runs."),
        Field(
            "repeats", .integer(1...100), into: \.repeats,
            "Runs of each side under each guarantee; medians are compared."),
        Field(
            "floor", .boolean, into: \.comparesWithFloor,
            "Whether a plain passthrough runs beside the engine."),
        Field(
            "compression", .choice, into: \.compression,
            "How batches are compressed, in all topics."),
        Field(
            "ratio_max", ratio, into: \.ratioMax, absence: "nothing is demanded", example: "1.8",
            """
            The most CPU time per record that the engine may need, as a multiple of the \
            passthrough's. Told in the report; `pact bench --check` fails beyond it.
            """),
    ])

private let ratio = FieldType.text("a number above 0, such as 1.8").mapping(
    convert: { (text: String) throws(Expectation) -> ExactDecimal in
        let zero = ExactDecimal(0)
        guard let value = try? ExactDecimal(text), value > zero else {
            throw Expectation("a number above 0, such as 1.8")
        }
        return value
    },
    restore: { _ in nil })
