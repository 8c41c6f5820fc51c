/// Splits a list file into rows and fields by RFC 4180's grammar.
struct ListRows {
    private let bytes: [UInt8]
    private let fieldsMax: Int
    private var index: Int
    /// The row that ``next()`` found last. It is used again and again, so that rows cost no memory.
    private(set) var row = ListRow()

    /// - Parameter start: The first byte after a byte order mark.
    init(_ bytes: [UInt8], from start: Int, fieldsMax: Int) {
        self.bytes = bytes
        self.fieldsMax = fieldsMax
        index = start
    }

    /// Reads the next row that is not blank; false at the end of the file.
    mutating func next() -> Bool {
        skipBlankLines()
        guard index < bytes.count else { return false }
        let start = index
        row.fields.removeAll(keepingCapacity: true)
        row.fieldCount = 0
        row.fault = nil
        repeat { readField() } while row.fault == nil && take(comma)
        if row.fault == nil { checkEnd() }
        if row.fault != nil { skipLine() }
        row.range = start..<index
        takeLineEnd()
        return true
    }

    private mutating func readField() {
        if at(index, quote) { readQuoted() } else { readPlain() }
    }

    private mutating func readPlain() {
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case comma, lineFeed, carriageReturn: return append(start..<index)
            case quote: return fail(.quoteInField, index..<(index + 1))
            default: index += 1
            }
        }
        append(start..<index)
    }

    private mutating func readQuoted() {
        let open = index
        var doubled = false
        index += 1
        while index < bytes.count {
            if bytes[index] != quote {
                index += 1
            } else if at(index + 1, quote) {
                doubled = true
                index += 2
            } else {
                append((open + 1)..<index, isQuoted: true, hasDoubledQuotes: doubled)
                index += 1
                return
            }
        }
        fail(.unclosedQuote, open..<(open + 1))
    }

    private mutating func append(
        _ range: Range<Int>, isQuoted: Bool = false, hasDoubledQuotes: Bool = false
    ) {
        row.fieldCount += 1
        guard row.fieldCount <= fieldsMax else { return }
        row.fields.append(
            ListRow.Field(range: range, isQuoted: isQuoted, hasDoubledQuotes: hasDoubledQuotes))
    }

    /// A row must end with a line end, or with the file.
    private mutating func checkEnd() {
        guard index < bytes.count, lineEndLength == 0 else { return }
        let isReturn = bytes[index] == carriageReturn
        fail(isReturn ? .loneReturn : .textAfterQuote, index..<(index + 1))
    }

    private mutating func fail(_ kind: ListRow.Fault, _ range: Range<Int>) {
        row.fault = (kind, range)
    }
}

// Bytes and lines
extension ListRows {
    private var comma: UInt8 { UInt8(ascii: ",") }
    private var quote: UInt8 { UInt8(ascii: "\"") }
    private var lineFeed: UInt8 { UInt8(ascii: "\n") }
    private var carriageReturn: UInt8 { UInt8(ascii: "\r") }

    private func at(_ index: Int, _ byte: UInt8) -> Bool {
        index < bytes.count && bytes[index] == byte
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at(index, byte) else { return false }
        index += 1
        return true
    }

    /// Bytes of the line end that stands here; 0 if none does. A file may end between CR and LF.
    private var lineEndLength: Int {
        if at(index, lineFeed) { return 1 }
        guard at(index, carriageReturn) else { return 0 }
        if at(index + 1, lineFeed) { return 2 }
        return index + 1 == bytes.count ? 1 : 0
    }

    private mutating func takeLineEnd() {
        index += lineEndLength
    }

    private mutating func skipLine() {
        while index < bytes.count, lineEndLength == 0 { index += 1 }
    }

    /// Passes over lines that are empty, or hold nothing but spaces and tabs.
    private mutating func skipBlankLines() {
        while index < bytes.count {
            let start = index
            while at(index, UInt8(ascii: " ")) || at(index, UInt8(ascii: "\t")) { index += 1 }
            guard index == bytes.count || lineEndLength > 0 else {
                index = start
                return
            }
            takeLineEnd()
        }
    }
}
