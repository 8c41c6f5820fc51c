import ArkaModel
import ArkaRules
import Testing

/// Evaluates one condition on one transaction, the plain way.
struct Evaluation {
    var record: RecordValue = [:]
    var context: [RuleContext: RecordValue] = [:]
    /// What stands above the rule.
    var declarations = ""

    /// What a rule with these lines says; `$x` stands for `transaction.x`.
    func result(_ lines: String) throws -> RuleResult {
        let condition = lines.replacing(/\$(\w)/) { "transaction.\($0.1)" }
        let source = SourceText(name: "test.pact", text: declarations + "\n" + rule(condition))
        let inputs = Payments.inputs(Payments.untyped)
        let errors = compileRules([source], inputs).diagnostics.filter { $0.severity == .error }
        let interpreter = try #require(
            RuleInterpreter([source], inputs), "\(errors.map { $0.rendered() }.joined())")
        return try #require(
            interpreter.evaluate(RecordInputs(record, context: context)).first)
    }

    func truth(_ lines: String) throws -> Truth { try result(lines).truth }
}
