/// A text that people wrote (rules, YAML, JSON schema), with the means to name places in it.
///
/// Positions are byte offsets into the UTF-8 text; line and column are computed when a message is
/// printed. Lines end at LF; a CR before it does not count as a column. Columns count Unicode
/// scalars and start at 1, as editors show them.
public struct SourceText: Sendable, Hashable {
    /// The name shown in messages, usually the path as the user gave it.
    public let name: String
    /// The whole text as bytes. Always valid UTF-8: see ``init(name:utf8:)``.
    public let utf8: [UInt8]

    /// Wraps bytes that were read from a file.
    ///
    /// Invalid UTF-8 is repaired with U+FFFD for printing only; whoever parses the text must have
    /// refused it before.
    public init(name: String, utf8: [UInt8]) {
        self.name = name
        self.utf8 = utf8
    }

    /// Wraps a text given in a program or on a command line.
    public init(name: String, text: String) {
        self.init(name: name, utf8: Array(text.utf8))
    }

    /// Finds the line and column of a byte offset.
    /// - Parameter offset: 0 to `utf8.count`; larger values name the end of the text.
    public func position(at offset: Int) -> SourcePosition {
        let end = min(max(offset, 0), utf8.count)
        let lineStart = startOfLine(containing: end)
        let line = utf8[..<lineStart].count { $0 == UInt8(ascii: "\n") } + 1
        let column = utf8[lineStart..<end].count { $0 & 0xC0 != 0x80 } + 1
        return SourcePosition(line: line, column: column)
    }

    /// The text of the line that contains a byte offset, without its line end.
    public func line(containing offset: Int) -> String {
        let end = min(max(offset, 0), utf8.count)
        let start = startOfLine(containing: end)
        let stop = utf8[start...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.count
        var bytes = utf8[start..<stop]
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The line that contains a byte offset, before it and behind it, as far as some scalars reach.
    func line(
        around offset: Int, scalarsMax: Int
    ) -> (before: [Unicode.Scalar], after: [Unicode.Scalar]) {
        var middle = min(max(offset, 0), utf8.count)
        while middle < utf8.count, utf8[middle].isContinuation { middle += 1 }
        // A scalar has at most four bytes.
        var start = max(0, middle - 4 * scalarsMax)
        while start < middle, utf8[start].isContinuation { start += 1 }
        if let newline = utf8[start..<middle].lastIndex(of: UInt8(ascii: "\n")) {
            start = newline + 1
        }
        var end = min(utf8.count, middle + 4 * scalarsMax)
        while end < utf8.count, utf8[end].isContinuation { end += 1 }
        if let newline = utf8[middle..<end].firstIndex(of: UInt8(ascii: "\n")) { end = newline }
        if end > middle, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        if end == middle, start < middle, utf8[middle - 1] == UInt8(ascii: "\r") { middle -= 1 }
        let before = String(decoding: utf8[start..<middle], as: UTF8.self).unicodeScalars
        let after = String(decoding: utf8[middle..<max(middle, end)], as: UTF8.self).unicodeScalars
        return (Array(before.suffix(scalarsMax)), Array(after.prefix(scalarsMax)))
    }

    private func startOfLine(containing offset: Int) -> Int {
        guard let newline = utf8[..<offset].lastIndex(of: UInt8(ascii: "\n")) else { return 0 }
        return newline + 1
    }
}

/// A line and a column, both counted from 1.
public struct SourcePosition: Sendable, Hashable {
    /// Line, from 1.
    public let line: Int
    /// Column in Unicode scalars, from 1.
    public let column: Int

    /// Makes a position; both counts start at 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A half-open range of byte offsets in a ``SourceText``.
public struct SourceRange: Sendable, Hashable {
    /// First byte.
    public var start: Int
    /// One past the last byte; equal to `start` for a place between two bytes.
    public var end: Int

    /// Makes a range; `end` must not be before `start`.
    public init(_ start: Int, _ end: Int) {
        precondition(start <= end, "a source range ends before it starts")
        self.start = start
        self.end = end
    }

    /// The smallest range that covers both.
    public func union(_ other: SourceRange) -> SourceRange {
        SourceRange(min(start, other.start), max(end, other.end))
    }
}

extension UInt8 {
    /// Whether it goes on with a character of UTF-8 that began before it.
    fileprivate var isContinuation: Bool { self & 0xC0 == 0x80 }
}
