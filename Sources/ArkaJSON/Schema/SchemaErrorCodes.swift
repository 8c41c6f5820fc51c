public import ArkaModel

extension DiagnosticCode {
    /// A keyword of JSON Schema that we do not check, or a value of one.
    public static let jsonSchemaUnsupported = DiagnosticCode("SCHEMA", 10)
    /// A keyword that JSON Schema does not have.
    public static let jsonSchemaUnknownKeyword = DiagnosticCode("SCHEMA", 11)
    /// A keyword has a value that it cannot have.
    public static let jsonSchemaValue = DiagnosticCode("SCHEMA", 12)
    /// A reference points to no schema in the document.
    public static let jsonSchemaReference = DiagnosticCode("SCHEMA", 13)
    /// A pattern is wrong, or cannot be tested in linear time.
    public static let jsonSchemaPattern = DiagnosticCode("SCHEMA", 14)
    /// A schema refers to itself for the same value, so testing would not end.
    public static let jsonSchemaCycle = DiagnosticCode("SCHEMA", 15)
    /// The schema is larger than what values are held against.
    public static let jsonSchemaTooLarge = DiagnosticCode("SCHEMA", 16)
}
