import ArkaModel
import ArkaRules
import ArkaSystem

/// What it costs to check and plan a book.
struct RuleBookMeasurement {
    let rules: Int
    let textBytes: Int
    let predicates: Int
    /// User and kernel time of the process from the text to the book.
    let cpuSeconds: Double
    /// What the process grew by at its largest, over what it had with the text alone.
    let peakBytes: Int

    /// Compiles a book.
    /// - Parameters:
    ///   - text: A rule file whose rules are named `rule_…`.
    ///   - copies: How many times its rules stand in the book, each time under other names.
    /// - Returns: `nil` if the rules have an error.
    init?(_ text: String, copies: Int, inputs: RuleInputs) {
        let sources = (0..<copies).map { copy in
            SourceText(
                name: "copy-\(copy).pact",
                text: text.replacing("rule rule_", with: "rule copy_\(copy)_rule_"))
        }
        let residentBytes = ProcessUsage.residentBytes ?? 0
        let before = ProcessUsage.cpuTime
        let compiled = compileRules(sources, inputs)
        let after = ProcessUsage.cpuTime
        guard let book = compiled.book else { return nil }
        rules = book.rules.count
        textBytes = sources.reduce(0) { $0 + $1.utf8.count }
        predicates = book.predicates.count
        cpuSeconds =
            (after.user + after.system - before.user - before.system) / .seconds(1)
        peakBytes = max(0, ProcessUsage.peakResidentBytes - residentBytes)
    }
}
