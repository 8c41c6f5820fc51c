import ArkaModel

/// Writes tokens and comments with the white space between them.
struct LayoutWriter {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var indentation = Indentation()
    private var previous: LayoutRole?

    /// The size of the text so far.
    var byteCount: Int { output.count }

    /// Starts an empty text with the tokens and comments of another one.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count + bytes.count / 4)
    }

    /// Adds an item whose line breaks are settled.
    mutating func write(_ item: LayoutItem) {
        for comment in item.comments {
            writeGap(comment.lineBreak, indentation.levelOfComment(before: item.role), blanks: 2)
            write(comment.range)
        }
        guard item.role != .endOfFile else { return }
        let blanks = previous.map { item.role.takesBlank(after: $0) ? 1 : 0 } ?? 0
        writeGap(item.lineBreak, indentation.level(of: item.role), blanks: blanks)
        write(item.range)
        indentation.take(item.role, startsLine: item.lineBreak != .none)
        previous = item.role
    }

    /// Ends the text with a line end, if it holds anything.
    consuming func finish() -> [UInt8] {
        if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
        return output
    }

    /// Writes what parts one thing from the one before it; nothing at the start of the text.
    private mutating func writeGap(_ lineBreak: LineBreak, _ level: Int, blanks: Int) {
        guard !output.isEmpty else { return }
        switch lineBreak {
        case .none: append(UInt8(ascii: " "), count: blanks)
        case .line: startLine(level, lineEnds: 1)
        case .emptyLine: startLine(level, lineEnds: 2)
        }
    }

    private mutating func startLine(_ level: Int, lineEnds: Int) {
        append(UInt8(ascii: "\n"), count: lineEnds)
        append(UInt8(ascii: " "), count: 4 * level)
    }

    private mutating func append(_ byte: UInt8, count: Int) {
        output.append(contentsOf: repeatElement(byte, count: count))
    }

    private mutating func write(_ range: SourceRange) {
        output.append(contentsOf: bytes[range.start..<range.end])
    }
}
