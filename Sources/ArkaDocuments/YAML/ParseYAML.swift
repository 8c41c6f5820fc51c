public import ArkaModel

/// What came of parsing a YAML text.
public struct YAMLDocument: Sendable {
    /// The top value; `nil` if the text cannot be read to its end.
    public let root: YAMLNode?
    /// What is wrong with the text. A tree beside an error is good for finding more errors only.
    public let diagnostics: [Diagnostic]

    /// What stands behind `kind:`; `nil` where nothing does.
    public var kindName: String? {
        guard let value = root?.entry("kind"), case .scalar(let scalar) = value.kind,
            !scalar.isNull
        else { return nil }
        return scalar.text
    }
}

/// Parses a file with one YAML document into a tree with places.
///
/// Only the plain part of YAML is taken: mappings with text keys, lists, scalars. Anchors, aliases,
/// tags, merge keys, repeated keys and directives for tags are refused with their place.
/// - Parameters:
///   - source: The text; its bytes need not be valid UTF-8.
///   - limits: The bounds, checked before libyaml sees the text where it has none of its own.
/// - Returns: The tree, and everything wrong up to the first error of syntax.
public func parseYAML(
    _ source: SourceText, limits: DocumentLimits = DocumentLimits()
) -> YAMLDocument {
    if let excess = firstExcess(in: source, limits: limits) {
        return YAMLDocument(root: nil, diagnostics: [excess])
    }
    var builder = YAMLTreeBuilder(source: source, limits: limits)
    return builder.document()
}
