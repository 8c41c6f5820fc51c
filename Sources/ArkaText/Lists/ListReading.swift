public import ArkaModel

/// What came of reading a list file: the list if nothing is wrong, and all that was found.
public struct ListReading<List: Sendable>: Sendable {
    /// The list; `nil` if any diagnostic is an error, so that no list lacks entries unnoticed.
    public let list: List?
    /// Errors and warnings in the order of the file.
    public let diagnostics: [Diagnostic]

    init(_ list: List, _ diagnostics: [Diagnostic]) {
        let failed = diagnostics.contains { $0.severity == .error }
        self.list = failed ? nil : list
        self.diagnostics = diagnostics
    }
}
