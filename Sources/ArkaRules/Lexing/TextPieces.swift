import ArkaModel

/// The pieces of a text such as `"a \"b\" \(c)"`: decoded bytes, and the places of values.
struct TextPieces {
    /// A piece.
    enum Piece {
        case text([UInt8])
        /// The place between the brackets of `\( )`.
        case value(SourceRange)
    }

    private(set) var pieces: [Piece] = []
    private var value: [UInt8] = []

    /// Takes the bytes between the quotes apart; reports escapes that do not exist and leaves them
    /// out.
    init(_ range: SourceRange, in bytes: [UInt8], _ collector: inout DiagnosticCollector) {
        let end = range.end - 1
        var offset = range.start + 1
        value.reserveCapacity(end - offset)
        while offset < end {
            let byte = bytes[offset]
            if byte != UInt8(ascii: "\\") {
                value.append(byte)
                offset += 1
            } else if bytes[offset + 1] == UInt8(ascii: "(") {
                offset = takeValue(at: offset, end, bytes)
            } else {
                offset = decodeEscape(at: offset, end, bytes, &collector)
            }
        }
        finishText()
    }

    /// The whole text, if no values are in it.
    var text: [UInt8]? {
        switch pieces.first {
        case nil: []
        case .text(let text) where pieces.count == 1: text
        default: nil
        }
    }

    private mutating func finishText() {
        if !value.isEmpty { pieces.append(.text(value)) }
        value = []
    }

    /// Takes `\( … )`; returns where the text goes on.
    private mutating func takeValue(at start: Int, _ end: Int, _ bytes: [UInt8]) -> Int {
        finishText()
        // The lexer has found the end already.
        guard case .closed(let close) = TextEnd.value(of: bytes, at: start) else { return end }
        pieces.append(.value(SourceRange(start + 2, close - 1)))
        return close
    }

    /// Decodes one escape; returns where the text goes on.
    private mutating func decodeEscape(
        at start: Int, _ end: Int, _ bytes: [UInt8], _ collector: inout DiagnosticCollector
    ) -> Int {
        var next = start + 2
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): value.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): value.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): value.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "t"): value.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "u"):
            if let stop = decodeScalar(bytes[(start + 2)..<end]) { return stop }
            report("\\u needs the number of a character", start, next, &collector)
        default:
            while next < end, bytes[next] & 0xC0 == 0x80 { next += 1 }
            report("this escape does not exist", start, next, &collector)
        }
        return next
    }

    /// Decodes `{1F600}`; returns the offset behind it, `nil` if it is not of that form.
    private mutating func decodeScalar(_ rest: ArraySlice<UInt8>) -> Int? {
        guard rest.first == UInt8(ascii: "{"),
            let close = rest.prefix(8).firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        let digits = String(decoding: rest[(rest.startIndex + 1)..<close], as: UTF8.self)
        guard digits.utf8.first != UInt8(ascii: "+"), let number = UInt32(digits, radix: 16),
            let scalar = Unicode.Scalar(number)
        else { return nil }
        value.append(contentsOf: Array(String(Character(scalar)).utf8))
        return close + 1
    }

    /// Where a part of a text without values stands in the file.
    /// - Parameters:
    ///   - part: Offsets into the decoded text.
    ///   - literal: The text with its quotes; its escapes are sound.
    static func place(
        of part: SourceRange, in literal: SourceRange, _ bytes: [UInt8]
    ) -> SourceRange {
        var offset = literal.start + 1
        var decoded = 0
        var start = offset
        while offset < literal.end - 1, decoded < part.end {
            if decoded <= part.start { start = offset }
            var length = (raw: 1, decoded: 1)
            if bytes[offset] == UInt8(ascii: "\\") { length = escapeLength(at: offset, bytes) }
            offset += length.raw
            decoded += length.decoded
        }
        if part.start >= decoded { start = offset }
        return SourceRange(start, max(start, offset))
    }

    private static func escapeLength(
        at start: Int, _ bytes: [UInt8]
    ) -> (raw: Int, decoded: Int) {
        guard bytes[start + 1] == UInt8(ascii: "u"),
            let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")),
            let number = UInt32(
                String(decoding: bytes[(start + 3)..<close], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(number)
        else { return (2, 1) }
        return (close + 1 - start, UTF8.width(scalar))
    }

    private func report(
        _ message: String, _ start: Int, _ end: Int, _ collector: inout DiagnosticCollector
    ) {
        collector.report(
            .invalidEscape, message,
            expected:
                "one of \\\" \\\\ \\n \\r \\t, \\u{…} with 1 to 6 hex digits, or \\(…) with a value",
            at: SourceRange(start, end))
    }
}
