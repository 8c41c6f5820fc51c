import ArkaDocuments
import ArkaModel
import ArkaResilience

/// A plugin that a topology uses, as written.
struct PluginDraft: Sendable {
    /// Where a document says all but the name and the functions.
    var file: String?
    var reference = ""
    var name: String?
    var configuration: YAMLNode?
    var hosts: [String] = []
    var functions: [FunctionUse] = []
}

/// The list below `plugins`.
let pluginsField = FieldType.list(of: FieldType.section(pluginSection), countRange: 0...100)

private let pluginSection = Section<PluginDraft>(
    PluginDraft(),
    [
        Field(
            "plugin", .text(pluginReferenceWords, isAllowed: { !$0.isEmpty }), into: \.reference,
            absence: "required, unless there is a `file`", example: "pact/sanctions-list",
            "The plugin: one that is linked into the program."),
        Field(
            "file", .text("a path"), into: \.file, insteadOf: "plugin", absence: "none",
            example: "plugins/sanctions-list.yaml",
            """
            A document of `kind: PluginConfig` in place of `plugin`, `config` and `hosts`; the path is \
            relative to this document.
            """),
        Field(
            "name", .text(ruleNameWords, isAllowed: isRuleName), into: \.name,
            absence: "the last part of `plugin`, or the name in the `file`, `-` as `_`",
            example: "sanctions_list",
            "The name by which rules call it: `plugin.<name>.<function>(…)`."),
        Field(
            "config", .anything("a mapping"), into: \.configuration, absence: "empty",
            example: "{lists: [OFAC, UN, EU]}",
            "What the plugin itself is told; its documentation says which keys it takes."),
        Field(
            "hosts", .list(of: .text("a host name, or `*.` and a suffix"), countRange: 0...1_000),
            into: \.hosts, absence: "none", example: "[api.sanctions-provider.com]",
            "The hosts that it may reach over the network."),
        Field(
            "functions",
            .list(of: FieldType.section(functionSection), countRange: 0...1_000),
            into: \.functions, "How its functions are called, where their own word is not enough."),
    ])

private let functionSection = Section<FunctionUse>(
    FunctionUse(""),
    [
        Field(
            "name", .text(ruleNameWords, isAllowed: isRuleName), into: \.name, isRequired: true,
            example: "check_sanctions", "The function."),
        Field(
            "timeout", .duration(ResilienceLimits.timeoutRange), into: \.timeout,
            absence: "the function's own", example: "400ms",
            "How long one attempt may take; the function's own limit, if shorter, stays."),
        Field(
            "cache_ttl", .duration(.zero...ResilienceLimits.cacheTTLMax), into: \.cacheTTL,
            absence: "the function's own", example: "1h",
            "How long an answer is kept; `0s` for not at all."),
        Field(
            "max_concurrent", .integer(ResilienceLimits.concurrentRange), into: \.concurrentMax,
            absence: "\(ResilienceLimits.concurrentDefault)", example: "64",
            "Calls that may be out at once."),
        Field(
            "when_unavailable", .choice, into: \.whenUnavailable, absence: "`decide`",
            example: "hold",
            """
            While its circuit breaker is open: `decide` takes its values for unknown; `hold` stops \
            reading until it works again, whatever `decision_budget` says, and repeats calls that \
            fail until an outage would have shown.
            """),
        Field(
            "breaker", .section(breakerSection), into: \.breaker, absence: "as its keys say",
            "When calls are kept away from a function that does not work."),
    ])

private let breakerSection = Section<BreakerPolicy>(
    BreakerPolicy(),
    [
        Field(
            "failures", .integer(1...1_000_000), into: \.consecutiveFailures,
            "Failures one after the other that open it."),
        Field(
            "failure_percent", .integer(1...100), into: \.failurePercent,
            "The share of failures among the calls of the window that opens it."),
        Field(
            "min_calls", .integer(1...1_000_000), into: \.callsMin,
            "Calls in the window below which no share opens it."),
        Field(
            "window", .duration(ResilienceLimits.breakerWindowRange), into: \.window,
            "The time in which calls and failures are counted."),
        Field(
            "open", .duration(ResilienceLimits.breakerOpenRange), into: \.open,
            "How long it stays open before one call is let through; doubled each time that fails."),
        Field(
            "open_max", .duration(ResilienceLimits.breakerOpenRange), into: \.openMax,
            "The longest it stays open."),
    ])
