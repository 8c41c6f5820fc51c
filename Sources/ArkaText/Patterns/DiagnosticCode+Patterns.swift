public import ArkaModel

extension DiagnosticCode {
    /// The pattern is malformed.
    public static let patternSyntax = DiagnosticCode("PATTERN", 1)
    /// A form that other languages of patterns have and RE2 has not.
    public static let patternUnsupported = DiagnosticCode("PATTERN", 2)
    /// A bound of patterns is reached: length, memory or repetitions.
    public static let patternTooLarge = DiagnosticCode("PATTERN", 3)
    /// The pattern is not valid UTF-8.
    public static let patternEncoding = DiagnosticCode("PATTERN", 4)
}
