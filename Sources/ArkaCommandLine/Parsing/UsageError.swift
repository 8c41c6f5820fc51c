public import ArkaModel

/// What is wrong with a command line. The program ends with exit code 2.
public struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind, listed in `docs/spec/error-codes.md`.
    public let code: DiagnosticCode
    /// What is wrong, without a full stop.
    public let message: String
    /// The word that was most likely meant, if there is one.
    public let suggestion: String?

    /// Makes an error.
    public init(_ code: DiagnosticCode, _ message: String) {
        self.code = code
        self.message = message
        suggestion = nil
    }

    /// Makes an error about a word that is none of those known.
    init(_ code: DiagnosticCode, _ message: String, near word: String, among known: [String]) {
        self.code = code
        self.message = message
        suggestion = nearName(to: word, among: known)
    }

    private init(_ code: DiagnosticCode, _ message: String, suggestion: String?) {
        self.code = code
        self.message = message
        self.suggestion = suggestion
    }

    /// The same, about the value of an argument.
    func about(_ label: String) -> UsageError {
        UsageError(code, "\(label): \(message)", suggestion: suggestion)
    }

    /// One line for people.
    public var description: String {
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        return "\(message)\(hint) [\(code)]"
    }
}

/// The codes of this target; meaning and remedy stand in `docs/spec/error-codes.md`.
extension DiagnosticCode {
    /// The first words name no command.
    public static let unknownCommand = DiagnosticCode("CLI", 1)
    /// The command has no such option.
    public static let unknownOption = DiagnosticCode("CLI", 2)
    /// A required argument was not given.
    public static let missingArgument = DiagnosticCode("CLI", 3)
    /// An option stands without its value.
    public static let missingValue = DiagnosticCode("CLI", 4)
    /// A flag was given a value.
    public static let unexpectedValue = DiagnosticCode("CLI", 5)
    /// A value is not of the argument's type.
    public static let wrongValue = DiagnosticCode("CLI", 6)
    /// A value is none of those listed.
    public static let valueNotAllowed = DiagnosticCode("CLI", 7)
    /// An option that counts once was given twice.
    public static let givenTwice = DiagnosticCode("CLI", 8)
    /// There are more words than the command takes.
    public static let unexpectedArgument = DiagnosticCode("CLI", 9)
    /// An output file is an input or another output.
    public static let outputIsInput = DiagnosticCode("CLI", 10)
}
