import ArkaDocuments
import ArkaModel

/// A file of rule tests as written.
struct RuleTestsDraft: Sendable {
    var topology: String?
    var rules: [String] = []
    var schema: String?
    var functions: [String] = []
    var onUnknown: OnUnknown?
    var clock: Int64?
    var tests: [Test] = []

    struct Test: Sendable {
        var name = ""
        var transaction: YAMLNode?
        var record: String?
        var context = ContextDraft()
        var mocks: YAMLNode?
        var expect = Expect()
    }

    struct Expect: Sendable {
        var status: DecisionStatus?
        var rules: [String]?
        var actions: [Action]?
        var calls: [Call]?
        var unknown: [Unknown]?
        var deadLetter: CasesDraft.DeadLetter?
    }

    struct Action: Sendable {
        var rule: String?
        var name: String?
        var reason: YAMLNode?
        var details: YAMLNode?
        var arguments: YAMLNode?
    }

    struct Call: Sendable {
        var function = ""
        var arguments: YAMLNode?
    }

    struct Unknown: Sendable {
        var rule = ""
        var cause: UnknownCause?
    }
}

extension DocumentKind where Spec == RuleTestsDraft {
    /// `kind: RuleTests`: transactions and what rules must make of them.
    static let ruleTests = DocumentKind(
        "RuleTests", "Transactions, what functions answer, and what rules must make of them.",
        spec: ruleTestsSection)
}

private let ruleTestsSection = Section<RuleTestsDraft>(
    RuleTestsDraft(),
    [
        Field(
            "topology", .text("a path"), into: \.topology,
            absence: "the `topology.yaml` in the nearest folder above", example: "../topology.yaml",
            "The topology whose rules are tested."),
        Field(
            "rules", .list(of: .text("a path"), countRange: 1...1_000), into: \.rules,
            insteadOf: "topology", example: "[velocity.pact]",
            "Rule files, where rules are tested without a topology. Paths as in a topology."),
        Field(
            "schema", .text("a path"), into: \.schema, insteadOf: "topology", absence: "none",
            example: "record.schema.json", "The record schema of `rules`."),
        Field(
            "functions", .list(of: .text("a path"), countRange: 1...1_000), into: \.functions,
            insteadOf: "topology", example: "[functions/*.yaml]", "The function tables of `rules`."),
        Field(
            "on_unknown", .choice, into: \.onUnknown, insteadOf: "topology", absence: "review",
            example: "review",
            "What becomes of transactions where one of `rules` is unknown."),
        Field(
            "clock", moment, into: \.clock, absence: "the start of 1970",
            example: "2026-01-31T12:00:00Z",
            "The timestamp of all records: their event time where they have none of their own."),
        Field(
            "tests", .list(of: .section(testSection), countRange: 1...10_000), into: \.tests,
            isRequired: true, "The tests."),
    ])

private let testSection = Section<RuleTestsDraft.Test>(
    RuleTestsDraft.Test(),
    [
        Field(
            "name", .text("a sentence"), into: \.name, isRequired: true,
            example: "a sanctioned payer is rejected", "What the test shows."),
        Field(
            "transaction", .anything("a mapping"), into: \.transaction,
            absence: "the test has a `record`", example: "{id: t-1, amount: 250}",
            "The record, written as YAML."),
        Field(
            "record", .text("the record's text", bytesMax: 1 << 20, isBlock: true) { _ in true },
            into: \.record, insteadOf: "transaction", absence: "the test has a `transaction`",
            example: "'{\"id\": \"t-1\", \"amount\": 250}'", "The record as it stands in the topic."
        ),
        Field(
            "context", .section(contextSection), into: \.context,
            "What the engine would know of it besides."),
        Field(
            "mocks", .anything("a function's path → its answer"), into: \.mocks,
            absence: "every function finds nothing",
            example: "{plugin.sanctions_list.check_sanctions: {is_sanctioned: true}}",
            """
            What functions answer: a mapping; or `error: failed`, `timeout`, `open` or `budget`; or a \
            list of `{arguments, answer}` or `{arguments, error}`, of which the first counts whose \
            arguments the call has.
            """),
        Field(
            "expect", .section(expectSection), into: \.expect, isRequired: true,
            "What must become of it; what is left out may be anything."),
    ])

private let expectSection = Section<RuleTestsDraft.Expect>(
    RuleTestsDraft.Expect(),
    [
        Field(
            "status", decisionStatus, into: \.status, absence: "any", example: "rejected",
            "The status of the decision."),
        Field(
            "rules", .list(of: .text("a rule's name"), countRange: 0...10_000), into: \.rules,
            absence: "any", example: "[block_sanctioned]", "The rules that fire, and no others."),
        Field(
            "actions", .list(of: .section(actionSection), countRange: 0...10_000),
            into: \.actions, absence: "any",
            "The actions that come out, and no others, in order."),
        Field(
            "calls", .list(of: .section(callSection), countRange: 0...10_000), into: \.calls,
            absence: "any", "The calls that are made, and no others, in any order."),
        Field(
            "unknown", .list(of: .section(unknownSection), countRange: 0...10_000),
            into: \.unknown, absence: "any",
            "The rules that are unknown and do not ignore it, and no others."),
        Field(
            "dead_letter", .section(deadLetterSection), into: \.deadLetter,
            insteadOf: "status", absence: "the record is decided",
            "Why the record cannot be decided."),
    ])

private let actionSection = Section<RuleTestsDraft.Action>(
    RuleTestsDraft.Action(),
    [
        Field(
            "rule", .text("a rule's name"), into: \.rule, absence: "any",
            example: "block_sanctioned", "The rule that acts."),
        Field(
            "action", .text("an action"), into: \.name, absence: "any", example: "reject",
            "`reject` and its kin, or the path of a plugin's function."),
        Field(
            "reason", .anything("any value"), into: \.reason, absence: "any",
            example: "sanctioned", "The reason."),
        Field(
            "details", .anything("any value"), into: \.details, absence: "any",
            example: "{list: OFAC}", "The details."),
        Field(
            "arguments", .anything("a mapping"), into: \.arguments, absence: "any",
            example: "{amount: 250}", "Some arguments of a plugin's function."),
    ])

private let callSection = Section<RuleTestsDraft.Call>(
    RuleTestsDraft.Call(),
    [
        Field(
            "function", .text("a function's path"), into: \.function, isRequired: true,
            example: "plugin.sanctions_list.check_sanctions", "The function."),
        Field(
            "arguments", .anything("a mapping"), into: \.arguments, absence: "any",
            example: "{entity_id: e-1}", "Some arguments."),
    ])

private let unknownSection = Section<RuleTestsDraft.Unknown>(
    RuleTestsDraft.Unknown(),
    [
        Field(
            "rule", .text("a rule's name"), into: \.rule, isRequired: true,
            example: "new_country", "The rule."),
        Field(
            "cause", unknownCause, into: \.cause, absence: "any", example: "timeout",
            "Why it is unknown."),
    ])
