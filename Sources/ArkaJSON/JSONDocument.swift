public import ArkaModel

/// What came of parsing a JSON text.
public struct JSONDocument: Sendable {
    /// The value; `nil` if anything is wrong with the text.
    public let root: JSONNode?
    /// What is wrong: every repeated name, and the first error of syntax, at which reading ends.
    public let diagnostics: [Diagnostic]
}

/// What becomes of a name that stands twice in an object.
public enum RepeatedNames: Sendable, Hashable {
    /// It is an error, as in every document of ours.
    case refused
    /// All members are kept, as the RFC allows: for records, where a schema decides.
    case kept
}

/// What becomes of half of a surrogate pair, written as an escape without the other half.
public enum LoneSurrogates: Sendable, Hashable {
    /// It is an error, as in every document of ours.
    case refused
    /// U+FFFD stands in its place: for records, which may hold it by the RFC.
    case replaced
}

/// Parses a JSON text strictly: RFC 8259, valid UTF-8, nothing before or after the value, and no
/// name twice in an object (which the RFC allows, but no document of ours means), unless asked for.
/// - Parameters:
///   - source: The text; its bytes need not be valid UTF-8.
///   - limits: The bounds, each with its own error.
///   - repeatedNames: Whether a name may stand twice in an object; then its members are kept all.
///   - loneSurrogates: Whether a text may hold half of a surrogate pair.
/// - Returns: The value with places, or what is wrong. Takes time linear in the text.
public func parseJSON(
    _ source: SourceText, limits: JSONLimits = JSONLimits(),
    repeatedNames: RepeatedNames = .refused, loneSurrogates: LoneSurrogates = .refused
) -> JSONDocument {
    var parser = JSONParser(source: source, limits: limits)
    parser.keepsRepeatedNames = repeatedNames == .kept
    parser.replacesLoneSurrogates = loneSurrogates == .replaced
    return parser.document()
}
