public import ArkaModel

/// What became of a topology's rule files.
public struct CompiledRules: Sendable {
    /// All rules, ready to be evaluated; `nil` if any file has an error.
    public let book: RuleBook?
    /// Everything found in all files, in the order of the files and of the places in them.
    public let diagnostics: [Diagnostic]
    /// The files that lists come from, in the order of their declarations: they decide as much as the
    /// rules do, so whoever names the book by its texts takes these too.
    public let listFiles: [SourceText]
    /// The functions that the rules call, actions too, in the order of their first calls.
    public let calledFunctions: [CalledFunction]
}

/// Checks and plans the rules of a topology.
/// - Parameters:
///   - sources: The rule files, in the order in which their rules are to be listed.
///   - inputs: What the rules are checked against.
/// - Returns: The book, or every error of every file at once.
public func compileRules(_ sources: [SourceText], _ inputs: RuleInputs) -> CompiledRules {
    var files = RuleFiles(sources, inputs)
    var planner = Planner()
    files.read { rule, catalog in planner.add(rule, catalog) }
    let book = files.hasErrors ? nil : planner.finish(lists: files.lists)
    let warnings = book.map { files.warningsOfSameRules(in: $0) } ?? []
    return CompiledRules(
        book: book, diagnostics: files.diagnostics + warnings, listFiles: files.listSources,
        calledFunctions: files.calledFunctions)
}

/// The same for rules that neither call anything nor read lists from files.
public func compileRules(
    _ sources: [SourceText], layout: RecordLayout, onUnknown: OnUnknown?
) -> CompiledRules {
    compileRules(sources, RuleInputs(layout: layout, onUnknown: onUnknown))
}
