import ArkaModel

/// Collects what is wrong with a list file, up to a bound.
struct ListFindings {
    private let source: SourceText
    private let errorsMax: Int
    private var errors: [Diagnostic] = []
    private var warnings: [Diagnostic] = []

    /// Whether reading should end: as many errors were found as are reported.
    var isFull: Bool { errors.count >= errorsMax }

    /// Whether anything keeps the list from being used.
    var hasErrors: Bool { !errors.isEmpty }

    init(source: SourceText, errorsMax: Int) {
        self.source = source
        self.errorsMax = errorsMax
    }

    /// Adds an error, unless there are enough.
    mutating func report(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        suggestion: String? = nil, at range: Range<Int>
    ) {
        guard !isFull else { return }
        errors.append(
            Diagnostic(
                code, message, expected: expectation, suggestion: suggestion, in: source,
                at: SourceRange(range.lowerBound, range.upperBound)))
    }

    /// Adds a warning. There are few kinds, and each comes once.
    mutating func warn(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        at range: Range<Int>
    ) {
        warnings.append(
            Diagnostic(
                code, message, severity: .warning, expected: expectation, in: source,
                at: SourceRange(range.lowerBound, range.upperBound)))
    }

    /// Everything in the order of the file; says at the end if there may be more.
    func sorted() -> [Diagnostic] {
        var sorted = (errors + warnings).enumerated().sorted { a, b in
            (a.element.range.start, a.offset) < (b.element.range.start, b.offset)
        }.map(\.element)
        if isFull {
            let end = SourceRange(source.utf8.count, source.utf8.count)
            sorted.append(
                Diagnostic(
                    .listTooManyErrors, "too much is wrong with this list to report it all",
                    expected: "the errors above to be repaired, then the list to be checked again",
                    in: source, at: end))
        }
        return sorted
    }
}
