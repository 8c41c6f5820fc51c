import ArkaModel
import ArkaRules

/// Reads a rule text of any bytes as the compiler does, formats it and compiles it again.
///
/// Whatever the text, nothing may stop the program; and what compiles must compile again once it has
/// been formatted, to as many rules, and be formatted already then. Checked against a table of functions and a schema, so
/// that calls and types are reached.
func fuzzRules(_ bytes: [UInt8]) {
    let source = SourceText(name: "fuzz.pact", utf8: bytes)
    let inputs = RuleInputs(
        layout: RecordLayout(schema: bytes.count % 2 == 0 ? FuzzSchema.record : .any),
        onUnknown: bytes.count % 3 == 0 ? .review : nil, functions: FuzzSchema.functions,
        listFile: { _, _ in
            .success(SourceText(name: "list.csv", text: "name,code\nx,1\n\"y, z\",2\n"))
        })
    let compiled = compileRules([source], inputs)
    let hasErrors = compiled.diagnostics.contains { $0.severity == .error }
    precondition((compiled.book == nil) == hasErrors, "a book without errors, or errors")
    for diagnostic in compiled.diagnostics {
        precondition(!diagnostic.rendered().isEmpty, "a diagnostic says something")
    }
    guard let book = compiled.book, let interpreter = RuleInterpreter([source], inputs) else {
        return
    }
    let results = interpreter.evaluate(FuzzSchema.transaction)
    precondition(results.count == book.rules.count, "both know the same rules")
    checkFormatting(of: source, book, inputs)
}

private func checkFormatting(of source: SourceText, _ book: RuleBook, _ inputs: RuleInputs) {
    guard case .text(let text) = formatRules(source) else {
        preconditionFailure("what compiles can be formatted")
    }
    let formatted = SourceText(name: source.name, utf8: text)
    precondition(formatRules(formatted) == .text(text), "formatting twice changes nothing")
    let again = compileRules([formatted], inputs).book
    precondition(again?.rules == book.rules, "formatting changes no rule")
}
