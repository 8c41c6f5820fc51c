public import ArkaModel

/// Everything for which an engine cannot be built.
public struct EngineProblems: Error, Hashable, CustomStringConvertible {
    /// What is wrong with rules and schema, each with its place; warnings are among them.
    public let diagnostics: [Diagnostic]
    /// What is wrong with plugins: missing dependencies, calls that cannot be made.
    public let pluginProblems: [String]

    /// All of it as people read it: the lines with carets, then the rest.
    public var description: String {
        (diagnostics.map { $0.rendered() } + pluginProblems).joined(separator: "\n")
    }
}
