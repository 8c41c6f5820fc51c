public import ArkaModel

extension DiagnosticCode {
    /// The list is not valid UTF-8, or holds NUL.
    public static let listEncoding = DiagnosticCode("LIST", 1)
    /// A bound of ``ListLimits`` is reached.
    public static let listTooLarge = DiagnosticCode("LIST", 2)
    /// More is wrong with the list than is reported.
    public static let listTooManyErrors = DiagnosticCode("LIST", 3)
    /// A quote is not closed, or stands where none may.
    public static let listQuote = DiagnosticCode("LIST", 4)
    /// A carriage return ends no line.
    public static let listLineEnd = DiagnosticCode("LIST", 5)
    /// A row has several fields and no column is named.
    public static let listColumnNeeded = DiagnosticCode("LIST", 6)
    /// The named column does not exist, or twice.
    public static let listUnknownColumn = DiagnosticCode("LIST", 7)
    /// A row has not as many fields as the header.
    public static let listFieldCount = DiagnosticCode("LIST", 8)
    /// An entry is empty.
    public static let listEmptyEntry = DiagnosticCode("LIST", 9)
    /// An entry of a list of numbers is no number, or none that is exact here.
    public static let listNumber = DiagnosticCode("LIST", 10)
    /// Warning: entries begin or end with a space.
    public static let listPadding = DiagnosticCode("LIST", 11)
    /// Warning: the list has no entry.
    public static let listIsEmpty = DiagnosticCode("LIST", 12)
}
