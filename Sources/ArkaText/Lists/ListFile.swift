public import ArkaModel

/// The content of a list file: plain lines or CSV, one entry a row.
///
/// CSV is RFC 4180's: commas, fields in double quotes with quotes doubled in them, lines that end
/// with LF or CRLF. A byte order mark and blank lines are passed over; `#` begins no comment. Without
/// a column each line is one field, and there is no header. With one the first row names the columns.
/// Entries are taken as they stand: nothing is trimmed, nothing changes case.
public struct ListFile: Sendable {
    let source: SourceText
    let column: String?
    let limits: ListLimits

    /// Prepares to read a list.
    /// - Parameters:
    ///   - source: The whole file, under the name that messages show.
    ///   - column: The header's name of the column to take; `nil` where a line is an entry.
    ///   - limits: The bounds of the file. What they allow must fit into a ``TextList``.
    public init(_ source: SourceText, column: String? = nil, limits: ListLimits = ListLimits()) {
        precondition(
            limits.bytesMax + limits.entriesMax * TextEntry.headerBytes <= Int(UInt32.max),
            "the limits allow lists that no list can hold")
        self.source = source
        self.column = column
        self.limits = limits
    }

    /// Reads a list of texts.
    public func texts() -> ListReading<TextList> {
        var reader = ListReader(self)
        var builder = TextList.Builder(reserving: source.utf8.count)
        while let entry = reader.nextEntry() {
            builder.append(reader.bytes(of: entry).span)
        }
        return reader.reading(builder.finished())
    }

    /// Reads a list of numbers, written as in JSON: `-12`, `1500.50`, `1e3`.
    public func numbers() -> ListReading<NumberList> {
        var reader = ListReader(self)
        var numbers: [ExactDecimal] = []
        while let entry = reader.nextEntry() {
            do throws(NumeralFailure) {
                numbers.append(try ExactDecimal(json: reader.bytes(of: entry)))
            } catch {
                reader.report(error, at: entry)
            }
        }
        return reader.reading(NumberList(numbers))
    }
}
