import ArkaModel

/// Reads a rule text as a sequence of tokens with what stands between them. The end of the file is
/// the last of them.
struct LayoutReader: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private let tokens: [Token]
    private var roles: LayoutRoleReader
    private var index = 0
    /// Where the token before ended.
    private var offset = 0

    /// Cuts the text into tokens; what is wrong with them was reported by ``syntaxErrors(of:)``.
    init(_ source: SourceText) {
        var lexer = Lexer(source)
        lexer.run()
        bytes = source.utf8
        tokens = lexer.tokens
        roles = LayoutRoleReader(bytes)
    }

    mutating func next() -> LayoutItem? {
        guard index < tokens.count else { return nil }
        let token = tokens[index]
        var item = LayoutItem(role: roles.role(of: token), range: token.range)
        readGap(before: &item)
        offset = token.range.end
        index += 1
        return item
    }

    /// Reads comments and line ends; all else between two tokens is blank, a byte order mark
    /// included.
    private mutating func readGap(before item: inout LayoutItem) {
        while offset < item.range.start {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                item.lineBreak = item.lineBreak.next
                offset += 1
            case UInt8(ascii: "/"):
                let range = takeComment()
                item.comments.append(.init(range: range, lineBreak: item.lineBreak))
                item.lineBreak = .none
            default:
                offset += 1
            }
        }
    }

    /// Takes a comment up to its line end; blanks at its end, such as the first half of CRLF, are
    /// not part of it.
    private mutating func takeComment() -> SourceRange {
        let start = offset
        offset = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let last = bytes[start..<offset].lastIndex { byte in
            byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\r")
        }
        return SourceRange(start, (last ?? start) + 1)
    }
}
