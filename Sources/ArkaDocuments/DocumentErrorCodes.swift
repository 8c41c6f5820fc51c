public import ArkaModel

extension DiagnosticCode {
    /// The document is not valid UTF-8 or holds a control character.
    public static let documentEncoding = DiagnosticCode("DOC", 1)
    /// The text is not YAML here.
    public static let documentSyntax = DiagnosticCode("DOC", 2)
    /// A bound of ``DocumentLimits`` is reached.
    public static let documentTooLarge = DiagnosticCode("DOC", 3)
    /// A part of YAML that documents do without: anchors, aliases, tags, merge keys and the like.
    public static let documentFeature = DiagnosticCode("DOC", 4)
    /// A mapping has a key twice.
    public static let documentDuplicateKey = DiagnosticCode("DOC", 5)
    /// The file holds no document, or more than one.
    public static let documentCount = DiagnosticCode("DOC", 6)
    /// A variable of the environment is named and not set.
    public static let documentVariable = DiagnosticCode("DOC", 7)
    /// `${` is not followed by a name and a closing brace.
    public static let documentInterpolation = DiagnosticCode("DOC", 8)
    /// A key that the document does not have.
    public static let documentUnknownKey = DiagnosticCode("DOC", 9)
    /// A required key is missing or has no value.
    public static let documentMissingKey = DiagnosticCode("DOC", 10)
    /// A value is not of its field's type.
    public static let documentType = DiagnosticCode("DOC", 11)
    /// A value is of the right type, but not among the allowed ones.
    public static let documentRange = DiagnosticCode("DOC", 12)
    /// The document is of another kind or version than wanted.
    public static let documentKind = DiagnosticCode("DOC", 13)
    /// A `--set` option cannot be applied.
    public static let documentOverride = DiagnosticCode("DOC", 14)
}
