import ArkaModel

/// Collects what is wrong with one file.
struct DiagnosticCollector {
    /// The file.
    let source: SourceText
    /// What was found, in the order of finding.
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether one of them is an error.
    private(set) var hasErrors = false
    /// Whether more was found than is kept.
    var isFull: Bool { diagnostics.count >= Limits.diagnosticsPerFileMax }

    init(source: SourceText) {
        self.source = source
    }

    /// Adds a diagnostic; beyond the limit only the fact that there was one is kept.
    mutating func report(
        _ code: DiagnosticCode, _ message: String, severity: Diagnostic.Severity = .error,
        expected expectation: String? = nil, suggestion: String? = nil, at range: SourceRange
    ) {
        hasErrors = hasErrors || severity == .error
        guard !isFull else { return }
        diagnostics.append(
            Diagnostic(
                code, message, severity: severity, expected: expectation, suggestion: suggestion,
                in: source, at: range))
    }

    /// Adds what was found in another file because of this one, such as that of a list.
    mutating func report(_ diagnostic: Diagnostic) {
        hasErrors = hasErrors || diagnostic.severity == .error
        guard !isFull else { return }
        diagnostics.append(diagnostic)
    }

    /// Adds what another stage found in the same file.
    mutating func merge(_ other: DiagnosticCollector) {
        diagnostics += other.diagnostics
        hasErrors = hasErrors || other.hasErrors
    }

    /// Everything in the order of the text, then what was found in other files; says at the end if there was too much.
    func sorted() -> [Diagnostic] {
        let own = diagnostics.filter { $0.source.name == source.name }
        var sorted = own.enumerated().sorted { a, b in
            (a.element.range.start, a.offset) < (b.element.range.start, b.offset)
        }.map(\.element)
        sorted += diagnostics.filter { $0.source.name != source.name }
        if isFull {
            sorted.removeSubrange(Limits.diagnosticsPerFileMax...)
            let end = SourceRange(source.utf8.count, source.utf8.count)
            sorted.append(
                Diagnostic(
                    .tooManyDiagnostics, "too much is wrong with this file to list it all",
                    expected: "the first \(Limits.diagnosticsPerFileMax) findings to be repaired",
                    in: source, at: end))
        }
        return sorted
    }
}
