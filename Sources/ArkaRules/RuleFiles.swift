import ArkaModel

/// Reads and checks the rule files of a topology, one rule at a time, so that a large book needs
/// the memory of its plan and not that of its syntax.
struct RuleFiles {
    private var checker: Checker
    /// Everything found so far, in order.
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether one of the findings is an error.
    private(set) var hasErrors = false

    init(layout: RecordLayout, onUnknown: OnUnknown?) {
        checker = Checker(layout: layout, onUnknown: onUnknown)
    }

    /// The places that the rules read so far.
    var fields: [CatalogField] { checker.catalog.fields }

    /// Reads a file and hands out its rules, as long as no error was found anywhere.
    mutating func read(
        _ source: SourceText, each body: (CheckedRule, _ fields: [CatalogField]) -> Void
    ) {
        var reading = DiagnosticCollector(source: source)
        guard Self.isReadable(source, &reading) else { return finish([reading]) }
        var parser = Parser(source)
        checker.begin(source)
        while let rule = parser.nextRule() {
            let checked = checker.check(rule)
            hasErrors = hasErrors || parser.collector.hasErrors || checker.collector.hasErrors
            if let checked, !hasErrors { body(checked, checker.catalog.fields) }
        }
        finish([parser.collector, checker.collector])
    }

    private mutating func finish(_ collectors: [DiagnosticCollector]) {
        hasErrors = hasErrors || collectors.contains(where: \.hasErrors)
        guard var merged = collectors.first else { return }
        for other in collectors.dropFirst() { merged.merge(other) }
        diagnostics += merged.sorted()
    }

    /// Refuses what the lexer could not take; reports why.
    static func isReadable(
        _ source: SourceText, _ collector: inout DiagnosticCollector
    ) -> Bool {
        if source.utf8.count > Limits.sourceBytesMax {
            collector.report(
                .sourceTooLarge, "this file is too large",
                expected: "at most \(Limits.sourceBytesMax >> 20) MiB; rules can be in many files",
                at: SourceRange(0, 0))
        } else if let range = source.firstInvalidUTF8 {
            collector.report(
                .invalidEncoding, "these bytes are not UTF-8", expected: "the file saved as UTF-8",
                at: range)
        }
        return !collector.hasErrors
    }
}

extension SourceText {
    /// The first bytes that are not UTF-8; `nil` if all are.
    fileprivate var firstInvalidUTF8: SourceRange? {
        if String(validating: utf8, as: UTF8.self) != nil { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = utf8.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &bytes) {
            case .valid(let scalar): offset += scalar.count
            case .error(let length): return SourceRange(offset, offset + length)
            case .emptyInput: return nil
            }
        }
    }
}
