public import ArkaModel

/// What came of reading documents: the value if nothing is wrong, and all that was found.
public struct Loaded<Value> {
    /// The value; `nil` if any diagnostic is an error.
    public let value: Value?
    /// Errors and warnings of all files, in the order of files and places.
    public let diagnostics: [Diagnostic]

    /// Makes a result; a value beside an error is dropped, so that nothing half right is used.
    public init(_ value: Value?, _ diagnostics: [Diagnostic]) {
        let failed = diagnostics.contains { $0.severity == .error }
        self.value = failed ? nil : value
        self.diagnostics = diagnostics
    }
}

extension Loaded: Sendable where Value: Sendable {}
