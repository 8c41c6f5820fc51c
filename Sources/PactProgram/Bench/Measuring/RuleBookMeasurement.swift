import ArkaModel
import ArkaRules
import ArkaSystem

/// The name by which `pact bench` is asked for the cost of a rule book.
let ruleBookBench = "rule-book"

/// Checks and plans the rules of the workload's largest book five times over, under other names.
///
/// To be called before anything else needs memory: what a process had once does not go back.
/// - Throws: `SystemError` if the workload is not here.
func measureRuleBook() throws(SystemError) -> RuleBookCost {
    let file = "rules-1000.pact"
    guard let folder = projectFolder("bench/workload", holding: file) else {
        throw SystemError(
            .cannotOpenFile, "bench/workload/" + file, "run the bench from the project's folder")
    }
    let text = String(decoding: try readFile("\(folder)/\(file)", limit: 16 << 20), as: UTF8.self)
    let sources = (0..<5).map { copy in
        SourceText(
            name: "copy-\(copy).pact",
            text: text.replacing("rule rule_", with: "rule copy_\(copy)_rule_"))
    }
    let residentBytes = ProcessUsage.residentBytes ?? 0
    let before = ProcessUsage.cpuTime
    let compiled = compileRules(sources, RuleInputs())
    let after = ProcessUsage.cpuTime
    guard let book = compiled.book else {
        throw SystemError(.cannotOpenFile, file, "its rules have errors; see 'pact rules check'")
    }
    return RuleBookCost(
        rules: book.rules.count, textBytes: sources.reduce(0) { $0 + $1.utf8.count },
        predicates: book.predicates.count,
        cpuSeconds: (after.user + after.system - before.user - before.system) / .seconds(1),
        peakBytes: max(0, ProcessUsage.peakResidentBytes - residentBytes))
}
