public import ArkaModel

extension DiagnosticCode {
    /// The text is not valid UTF-8.
    public static let jsonEncoding = DiagnosticCode("JSON", 1)
    /// The text is not JSON here.
    public static let jsonSyntax = DiagnosticCode("JSON", 2)
    /// The text ends within a value.
    public static let jsonIncomplete = DiagnosticCode("JSON", 3)
    /// An object names a member twice.
    public static let jsonDuplicateName = DiagnosticCode("JSON", 4)
    /// Arrays and objects nest too deeply.
    public static let jsonTooDeep = DiagnosticCode("JSON", 5)
    /// The text is too long.
    public static let jsonTooLarge = DiagnosticCode("JSON", 6)
    /// A number is not written as JSON wants it.
    public static let jsonNumber = DiagnosticCode("JSON", 7)
    /// A string holds what must be escaped, or an escape that is none.
    public static let jsonString = DiagnosticCode("JSON", 8)
}
