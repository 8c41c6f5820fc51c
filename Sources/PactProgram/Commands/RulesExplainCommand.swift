import ArkaCommandLine

/// `pact rules explain`: says why a rule comes to what it comes to.
enum RulesExplainCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The rules.
        let sources: RuleSources
        /// The rule to explain part by part; `nil` for all rules in short.
        let rule: String?
        /// The record; `nil` with ``showsPlan``.
        let input: String?
        /// What functions answer.
        let mocks: String?
        /// Whether the plan is shown instead of a transaction.
        let showsPlan: Bool
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let rule = Argument<String?>.option(
        optional: "rule", short: "r", value: "NAME",
        help: "The rule to explain part by part; otherwise all are told in short")
    private static let input = Argument<String?>.option(
        optional: "input", short: "i", value: "FILE", candidates: .files,
        help: "The record, one JSON object; - for standard input")
    private static let mocks = Argument<String?>.option(
        optional: "mocks", short: "m", value: "FILE", candidates: .files,
        help: "What functions answer (kind: RuleMocks); otherwise no function is called")
    private static let plan = Argument<Bool>.flag(
        "plan", help: "Show what is read, compared and called, and in which order")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "explain", "Say why rules come to what they come to",
            examples: [
                .init(
                    "pact rules explain topologies/card-payments -r amount_over_220 -i tx.json",
                    "Shows each part of the rule with its value, or why that is unknown."),
                .init(
                    "pact rules explain topologies/plugin-guide -i tx.json --mocks answers.yaml",
                    "Tells of every rule whether it fires, with answers in place of calls."),
                .init(
                    "pact rules explain topologies/plugin-guide --plan",
                    "Shows the fields, the comparisons that rules share, and the calls."),
            ],
            arguments: [
                RuleSources.paths, rule, input, mocks, plan, RuleSources.functions,
                RuleSources.schema, SharedArguments.json,
            ]
        ) { given in
            let sources = RuleSources(
                paths: given[RuleSources.paths], functions: given[RuleSources.functions],
                schema: given[RuleSources.schema])
            return try run(
                Options(
                    sources: sources, rule: given[rule], input: given[input],
                    mocks: given[mocks], showsPlan: given[plan],
                    asJSON: given[SharedArguments.json]))
        }
    }
}
