import ArkaModel

/// Warnings that a command prints one by one before it does its work.
private let warningsShownMax = 5

/// What a command that goes on says of what was found in a topology: everything if there are errors, since
/// then it ends, or if it is little; else how many warnings there are, and how to see them. Decisions are
/// what was asked for, and must not drown in them.
func shownAtStart(_ diagnostics: [Diagnostic], of path: String) -> String {
    let hasErrors = diagnostics.contains { $0.severity == .error }
    guard !hasErrors, diagnostics.count > warningsShownMax else {
        return diagnostics.map { $0.rendered() + "\n" }.joined()
    }
    return
        "\(path): \(counted(diagnostics.count, "warning")); `pact rules check \(path)` prints them\n"
}
