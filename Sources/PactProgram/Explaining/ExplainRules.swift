import ArkaCommandLine
import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaRules
import ArkaSystem

/// Explains rules by a transaction, or shows their plan.
/// - Returns: 0, or 1 if the rules, the answers or the record have an error.
func explainRules(
    _ options: RulesExplainCommand.Options, _ plugins: PluginRegistry
) throws -> Int32 {
    guard options.showsPlan != (options.input != nil) else {
        throw UsageError(
            .missingArgument, "give either --input, a record to explain the rules by, or --plan")
    }
    let loaded = try options.sources.load(plugins)
    guard let topology = loaded.value else {
        return report(
            loaded.diagnostics, asJSON: options.asJSON,
            summary: options.sources.paths.joined(separator: " "))
    }
    if let rule = options.rule { try checkName(rule, topology) }
    guard let input = options.input else {
        let plan = PlanDescription(topology.rules.book)
        write(options.asJSON, json: plan.json, text: plan.shownText(rule: options.rule))
        return 0
    }
    return try explain(topology, by: input, options)
}

private func checkName(_ rule: String, _ topology: TopologySpec) throws(UsageError) {
    let names = topology.rules.book.rules.map(\.name)
    guard !names.contains(rule) else { return }
    let near = nearName(to: rule, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw UsageError(.valueNotAllowed, "--rule: there is no rule '\(shown(rule))'\(near)")
}

private func explain(
    _ topology: TopologySpec, by input: String, _ options: RulesExplainCommand.Options
) throws -> Int32 {
    let mocks =
        options.mocks.map { loadRuleMocks(path: $0, files: .system) } ?? Loaded(RuleMocks(), [])
    let bytes = try readFile(input, limit: EngineLimits.documentBytes)
    let record = readRecord(SourceText(name: input, utf8: bytes))
    let strangers = mocks.value.map { faults(in: $0.mocks, against: topology) } ?? []
    let found = mocks.diagnostics + strangers + record.diagnostics
    guard strangers.isEmpty, let answers = mocks.value, let value = record.value else {
        return report(found, asJSON: options.asJSON, summary: input)
    }
    let transaction = TestedTransaction(
        bytes: bytes, value: value, surroundings: answers.surroundings)
    let names = options.rule.map { [$0] } ?? topology.rules.book.rules.map(\.name)
    switch topology.explain(transaction, mocks: answers.mocks, rules: names) {
    case .decided(let decision, let rules)?:
        let shown = ShownExplanation(
            decision: decision, rules: rules, isDetailed: options.rule != nil)
        write(options.asJSON, json: shown.json, text: shown.text)
        return 0
    case .deadLetter(let code, let path, let reason)?:
        StandardStream.error.write(
            "\(input): the record cannot be decided: \(code) \(path) \(reason)\n")
        return 1
    case nil: preconditionFailure("the rules were compiled, and the name was looked up")
    }
}

private func write(_ asJSON: Bool, json: [UInt8], text: String) {
    if asJSON {
        StandardStream.output.writeAll(json + [UInt8(ascii: "\n")])
    } else {
        StandardStream.output.write(text)
    }
}
