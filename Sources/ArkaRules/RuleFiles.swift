import ArkaModel

/// Reads and checks the rule files of a topology: first the lists and constants of all, then one
/// rule at a time, so that a large book needs the memory of its plan and not that of its syntax.
struct RuleFiles {
    private var checker: Checker
    private var readers: [Reader] = []
    /// Everything found so far, in order.
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether one of the findings is an error.
    private(set) var hasErrors = false

    /// A file that is being read.
    private struct Reader {
        let source: SourceText
        /// `nil` if the file cannot be read as text.
        var parser: Parser?
        /// What was found so far.
        var findings: DiagnosticCollector
    }

    /// Reads the lists and constants of all files.
    init(_ sources: [SourceText], _ inputs: RuleInputs) {
        checker = Checker(inputs)
        for source in sources {
            var findings = DiagnosticCollector(source: source)
            guard Self.isReadable(source, &findings) else {
                readers.append(Reader(source: source, findings: findings))
                continue
            }
            let parser = Parser(source)
            let (declarations, collector) = parser.declarations()
            checker.begin(source)
            checker.declare(declarations)
            findings.merge(collector)
            findings.merge(checker.collector)
            readers.append(Reader(source: source, parser: parser, findings: findings))
        }
        hasErrors = readers.contains(where: \.findings.hasErrors)
    }

    /// The places that the rules read so far.
    var fields: [CatalogField] { checker.catalog.fields }
    /// The calls that the rules make so far.
    var calls: [CheckedCall] { checker.catalog.calls }
    /// The lists from files that the rules look into.
    var lists: [BookList] { checker.fileLists.built }
    /// Where the first call of a plugin's function stands that was read so far.
    var calledFunctions: [CalledFunction] { checker.calledFunctions }
    /// What the files of lists hold.
    var listSources: [SourceText] { checker.listSources }

    /// Hands out the rules of all files, as long as no error was found anywhere.
    mutating func read(each body: (CheckedRule, _ catalog: FieldCatalog) -> Void) {
        for index in readers.indices {
            guard var parser = readers[index].parser else {
                finish(readers[index], [])
                continue
            }
            readers[index].parser = nil
            checker.begin(readers[index].source)
            while let rule = parser.nextRule() {
                let checked = checker.check(rule)
                hasErrors = hasErrors || parser.collector.hasErrors || checker.collector.hasErrors
                if let checked, !hasErrors { body(checked, checker.catalog) }
            }
            finish(readers[index], [parser.collector, checker.collector])
        }
        // What could not be read may have used them.
        if !hasErrors { checker.warnOfUnusedLists { diagnostics.append($0) } }
    }

    /// Warns of rules that say the same under another name.
    func warningsOfSameRules(in book: RuleBook) -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        var first: [PlannedRule.Meaning: String] = [:]
        for rule in book.rules where warnings.count < Limits.diagnosticsPerFileMax {
            guard let name = first[rule.meaning] else {
                first[rule.meaning] = rule.name
                continue
            }
            guard let place = checker.place(ofRule: rule.name) else { continue }
            warnings.append(
                Diagnostic(
                    .sameRule, "this rule says the same as '\(name)'", severity: .warning,
                    expected: "one of them", at: place))
        }
        return warnings
    }

    private mutating func finish(_ reader: Reader, _ collectors: [DiagnosticCollector]) {
        var findings = reader.findings
        for collector in collectors { findings.merge(collector) }
        hasErrors = hasErrors || findings.hasErrors
        diagnostics += findings.sorted()
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
