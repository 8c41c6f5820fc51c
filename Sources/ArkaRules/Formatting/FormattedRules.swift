public import ArkaModel

/// What became of a rule file that was to be formatted.
public enum FormattedRules: Sendable, Hashable {
    /// The file in the one form that the language has: UTF-8 with LF line ends, one of them at the
    /// end; empty if the file holds nothing.
    case text([UInt8])
    /// Why it cannot be formatted: everything that keeps it from being read as rules.
    case refused([Diagnostic])
}

/// Formats a rule file: white space and line ends change, tokens and comments do not.
///
/// The result means the same, and formatting it again changes nothing. Lines are never broken for
/// their length. Whether names and types are right does not matter, nor does any other file.
/// - Returns: The whole file formatted, or, if there is any error in its tokens or its grammar,
///   all of them; a file is never formatted in part.
public func formatRules(_ source: SourceText) -> FormattedRules {
    let errors = syntaxErrors(of: source)
    guard errors.isEmpty else { return .refused(errors) }
    guard let text = layOutRules(source) else { return .refused([tooLargeFormatted(source)]) }
    return .text(text)
}

/// Finds what keeps a file from being read as rules; nothing if it can be.
func syntaxErrors(of source: SourceText) -> [Diagnostic] {
    var reading = DiagnosticCollector(source: source)
    guard RuleFiles.isReadable(source, &reading) else { return reading.sorted() }
    var parser = Parser(source)
    reading.merge(parser.declarations().collector)
    while parser.nextRule() != nil {}
    reading.merge(parser.collector)
    return reading.hasErrors ? reading.sorted() : []
}

/// Formats whatever can be cut into tokens, whether or not it is a rule file.
/// - Returns: The text; `nil` if it would be larger than a rule file may be, which deep indentation
///   of short lines can bring about.
func layOutRules(_ source: SourceText) -> [UInt8]? {
    var lineBreaks = LineBreaks()
    var writer = LayoutWriter(source.utf8)
    for item in LayoutReader(source) {
        writer.write(lineBreaks.settled(item))
        if writer.byteCount >= Limits.sourceBytesMax { return nil }
    }
    return writer.finish()
}

private func tooLargeFormatted(_ source: SourceText) -> Diagnostic {
    Diagnostic(
        .sourceTooLarge, "this file would be too large once it is formatted",
        expected: "at most \(Limits.sourceBytesMax >> 20) MiB; rules can be in many files",
        in: source, at: SourceRange(0, 0))
}
