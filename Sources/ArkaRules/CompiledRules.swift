public import ArkaModel

/// What became of a topology's rule files.
public struct CompiledRules: Sendable {
    /// All rules, ready to be evaluated; `nil` if any file has an error.
    public let book: RuleBook?
    /// Everything found in all files, in the order of the files and of the places in them.
    public let diagnostics: [Diagnostic]
}

/// Checks and plans the rules of a topology.
/// - Parameters:
///   - sources: The rule files, in the order in which their rules are to be listed.
///   - layout: What the records look like and which roots the rules see.
///   - onUnknown: The topology's `rules.on_unknown`; `nil` if it declares none. Then a rule that
///     neither tests nor repairs an optional field must declare its own.
/// - Returns: The book, or every error of every file at once.
public func compileRules(
    _ sources: [SourceText], layout: RecordLayout, onUnknown: OnUnknown?
) -> CompiledRules {
    var files = RuleFiles(layout: layout, onUnknown: onUnknown)
    var planner = Planner()
    for source in sources {
        files.read(source) { rule, fields in planner.add(rule, fields) }
    }
    let book = files.hasErrors ? nil : planner.finish()
    return CompiledRules(book: book, diagnostics: files.diagnostics)
}
