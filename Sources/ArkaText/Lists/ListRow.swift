/// A row of a list file as it stands there.
struct ListRow {
    /// A field of a row.
    struct Field {
        /// Its bytes in the file, without the quotes around it.
        let range: Range<Int>
        /// Whether it stands in quotes.
        let isQuoted: Bool
        /// Whether two quotes in it stand for one.
        let hasDoubledQuotes: Bool

        /// Its bytes with the quotes around it.
        var wholeRange: Range<Int> {
            isQuoted ? (range.lowerBound - 1)..<(range.upperBound + 1) : range
        }
    }

    /// What breaks the grammar in a row; the rest of its line is passed over.
    enum Fault {
        /// A quote within a field that does not begin with one.
        case quoteInField
        /// A quote that no other closes; the row reaches to the end of the file.
        case unclosedQuote
        /// Something other than a comma or line end after a closing quote.
        case textAfterQuote
        /// A carriage return without a line feed.
        case loneReturn
    }

    /// From its first byte to its line end.
    var range = 0..<0
    /// Its fields; of very many only the first are kept, see ``fieldCount``.
    var fields: [Field] = []
    /// How many fields it has.
    var fieldCount = 0
    /// The fault that ended it, and its bytes.
    var fault: (kind: Fault, range: Range<Int>)?
}
