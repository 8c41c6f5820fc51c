import ArkaModel

/// Reads the entries of a list file one after the other, and collects what is wrong with it.
struct ListReader {
    private let file: ListFile
    private var rows: ListRows
    private var findings: ListFindings
    /// Which field of a row is the entry; `nil` if the header does not say.
    private var entryIndex: Int?
    /// How many fields each row must have.
    private var fieldCount = 1
    private var entryCount = 0
    /// Entries that begin or end with a space, and the first of them.
    private var padded: (count: Int, first: Range<Int>)?
    private var isEnded = false

    init(_ file: ListFile) {
        self.file = file
        let encoding = ListEncoding(file.source.utf8)
        rows = ListRows(
            file.source.utf8, from: encoding.start, fieldsMax: file.limits.fieldsMax)
        findings = ListFindings(source: file.source, errorsMax: file.limits.errorsMax)
        guard hasTakenSize(), encoding.check(&findings) else {
            isEnded = true
            return
        }
        if let column = file.column { readHeader(column) } else { entryIndex = 0 }
    }

    /// The next entry that is as it should be; `nil` at the end.
    mutating func nextEntry() -> ListRow.Field? {
        while !isEnded, !findings.isFull, rows.next() {
            guard hasSoundRow(), let entryIndex else { continue }
            let field = rows.row.fields[entryIndex]
            guard isEntry(field) else { continue }
            guard hasRoom(for: field) else { return nil }
            return field
        }
        return nil
    }

    /// The bytes that a field stands for.
    func bytes(of field: ListRow.Field) -> ArraySlice<UInt8> {
        let written = file.source.utf8[field.range]
        return field.hasDoubledQuotes ? Self.undoubled(written)[...] : written
    }

    /// What came of it.
    consuming func reading<List>(_ list: List) -> ListReading<List> {
        if let padded {
            let entries = padded.count == 1 ? "an entry begins" : "\(padded.count) entries begin"
            findings.warn(
                .listPadding, "\(entries) or end with a space, which is part of the entry",
                expected: "no space there, or quotes around the entry if it is meant",
                at: padded.first)
        }
        if entryCount == 0, !findings.hasErrors {
            findings.warn(
                .listIsEmpty, "this list has no entry", expected: "at least one", at: 0..<0)
        }
        return ListReading(list, findings.sorted())
    }

    /// Reports an entry that should be a number.
    mutating func report(_ failure: NumeralFailure, at field: ListRow.Field) {
        let written = shown(String(decoding: bytes(of: field), as: UTF8.self))
        switch failure {
        case .malformed:
            findings.report(
                .listNumber, "'\(written)' is not a number",
                expected: "digits and a point as in 1500.50; no sign but '-', nothing around it",
                at: field.range)
        case .outOfRange:
            findings.report(
                .listNumber, "'\(written)' has no exact value here",
                expected: "at most 18 decimals, and at most 1.7 × 10²⁰ in size", at: field.range)
        }
    }

    private static func undoubled(_ written: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = written
        while let byte = rest.popFirst() {
            bytes.append(byte)
            // Within quotes a quote comes only in twos: the second goes.
            if byte == UInt8(ascii: "\"") { rest = rest.dropFirst() }
        }
        return bytes
    }
}

// The header
extension ListReader {
    private mutating func readHeader(_ column: String) {
        guard rows.next() else {
            findings.report(
                .listUnknownColumn, "this list has no header that could name a column",
                expected: "a first row with '\(shown(column))'", at: 0..<0)
            isEnded = true
            return
        }
        guard rows.row.fault == nil, !hasTooManyFields() else {
            reportFault()
            isEnded = true
            return
        }
        fieldCount = rows.row.fieldCount
        let names = rows.row.fields.map { String(decoding: bytes(of: $0), as: UTF8.self) }
        // By bytes: Swift would take two ways to write an accent for equal.
        let found = names.indices.filter { names[$0].utf8.elementsEqual(column.utf8) }
        if found.count == 1 {
            entryIndex = found[0]
        } else {
            report(column, among: names, found)
        }
    }

    private mutating func report(_ column: String, among names: [String], _ found: [Int]) {
        let written = shown(column)
        guard found.isEmpty else {
            return findings.report(
                .listUnknownColumn, "two columns are called '\(written)'",
                expected: "each name once", at: rows.row.fields[found[1]].range)
        }
        let isOtherwiseSeparated =
            names.count == 1 && names.contains { $0.contains(";") || $0.contains("\t") }
        let listed = names.prefix(10).map { "'\(shown($0))'" }.joined(separator: ", ")
        findings.report(
            .listUnknownColumn, "this list has no column '\(written)'",
            expected: isOtherwiseSeparated
                ? "columns separated by commas"
                : "one of \(listed)\(names.count > 10 ? " or another of the header" : "")",
            suggestion: nearName(to: column, among: names), at: rows.row.range)
    }
}

// Rows and entries
extension ListReader {
    private mutating func hasTakenSize() -> Bool {
        guard file.source.utf8.count > file.limits.bytesMax else { return true }
        findings.report(
            .listTooLarge, "this list has more than \(file.limits.bytesMax) bytes",
            expected: "a smaller one; several lists can be asked one after the other", at: 0..<0)
        return false
    }

    /// Whether the row has no fault and as many fields as it must; reports if not.
    private mutating func hasSoundRow() -> Bool {
        guard rows.row.fault == nil, !hasTooManyFields() else {
            reportFault()
            return false
        }
        guard rows.row.fieldCount != fieldCount else { return true }
        if file.column == nil {
            findings.report(
                .listColumnNeeded, "this row has \(rows.row.fieldCount) fields",
                expected: "column \"…\" after the file to say which one is meant, or quotes around "
                    + "an entry with a comma", at: rows.row.range)
        } else {
            findings.report(
                .listFieldCount,
                "this row has \(rows.row.fieldCount) fields, and the header \(fieldCount)",
                expected: "as many; a field with a comma stands in quotes", at: rows.row.range)
        }
        return false
    }

    private func hasTooManyFields() -> Bool { rows.row.fieldCount > file.limits.fieldsMax }

    private mutating func reportFault() {
        guard let fault = rows.row.fault else {
            return findings.report(
                .listTooLarge, "this row has more than \(file.limits.fieldsMax) fields",
                expected: "fewer", at: rows.row.range)
        }
        switch fault.kind {
        case .quoteInField:
            findings.report(
                .listQuote, "a quote stands within a field",
                expected: "the field in quotes, with each quote in it doubled", at: fault.range)
        case .unclosedQuote:
            findings.report(
                .listQuote, "this quote is not closed",
                expected: "a quote at the end of the field", at: fault.range)
        case .textAfterQuote:
            findings.report(
                .listQuote, "a closing quote is followed by more than a comma or line end",
                expected: "quotes around the whole field, each quote in it doubled",
                at: fault.range)
        case .loneReturn:
            findings.report(
                .listLineEnd, "a carriage return stands without a line feed",
                expected: "lines that end with LF or CRLF", at: fault.range)
        }
    }

    /// Whether a field can be an entry; reports if not.
    private mutating func isEntry(_ field: ListRow.Field) -> Bool {
        if field.range.isEmpty {
            findings.report(
                .listEmptyEntry, "this entry is empty",
                expected: "a text, or the row left out", at: field.wholeRange)
            return false
        }
        if field.range.count > file.limits.entryBytesMax {
            findings.report(
                .listTooLarge, "this entry has more than \(file.limits.entryBytesMax) bytes",
                expected: "a list with one entry in each row", at: field.range)
            return false
        }
        if !field.isQuoted, isPadded(field.range) {
            padded = (count: (padded?.count ?? 0) + 1, first: padded?.first ?? field.range)
        }
        return true
    }

    private func isPadded(_ range: Range<Int>) -> Bool {
        let bytes = file.source.utf8
        return isSpace(bytes[range.lowerBound]) || isSpace(bytes[range.upperBound - 1])
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Counts an entry; reports and ends if there are more than may be.
    private mutating func hasRoom(for field: ListRow.Field) -> Bool {
        entryCount += 1
        guard entryCount > file.limits.entriesMax else { return true }
        findings.report(
            .listTooLarge, "this list has more than \(file.limits.entriesMax) entries",
            expected: "a shorter list", at: field.range)
        isEnded = true
        return false
    }
}
