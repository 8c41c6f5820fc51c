import ArkaModel

/// The words of a program's text, as far as one can tell them without its grammar: enough to find
/// declarations, decorators and literals. Comments are left out.
struct SourceTokens {
    enum Kind: Equatable {
        case word(String)
        /// A literal; what stands between its quotes.
        case string(String)
        case mark(UInt8)
    }

    struct Token {
        let kind: Kind
        /// The bytes; of a literal without its quotes.
        let range: SourceRange
        /// Whether it is the first of its line, and at its very beginning.
        let startsLine: Bool
    }

    private(set) var tokens: [Token] = []
    private let bytes: [UInt8]
    /// Whether `#` begins a comment and `'` a literal, as in Python and TOML.
    private let isHashed: Bool
    private var index = 0

    init(_ text: SourceText) {
        bytes = text.utf8
        isHashed = [".py", ".toml"].contains(where: text.name.hasSuffix)
        while index < bytes.count { step() }
    }

    private mutating func step() {
        let byte = bytes[index]
        if byte <= UInt8(ascii: " ") {
            index += 1
        } else if isComment {
            index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        } else if !isHashed, starts(with: "/*") {
            index = end(of: "*/", from: index + 2)
        } else if byte == UInt8(ascii: "\"") || isHashed && byte == UInt8(ascii: "'") {
            literal(byte)
        } else if byte.isWordByte {
            let end = bytes[index...].firstIndex { !$0.isWordByte } ?? bytes.count
            add(.word(String(decoding: bytes[index..<end], as: UTF8.self)), index..<end)
            index = end
        } else {
            add(.mark(byte), index..<index + 1)
            index += 1
        }
    }

    private var isComment: Bool {
        isHashed ? bytes[index] == UInt8(ascii: "#") : starts(with: "//")
    }

    private mutating func literal(_ quote: UInt8) {
        let triple = [quote, quote, quote]
        let isLong = bytes[index...].starts(with: triple)
        let start = index + (isLong ? 3 : 1)
        var end = start
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "\\") {
                end += 2
                continue
            }
            if isLong ? bytes[end...].starts(with: triple) : bytes[end] == quote { break }
            if !isLong, bytes[end] == UInt8(ascii: "\n") { break }
            end += 1
        }
        end = min(end, bytes.count)
        add(.string(String(decoding: bytes[start..<end], as: UTF8.self)), start..<end)
        index = min(end + (isLong ? 3 : 1), bytes.count)
    }

    private mutating func add(_ kind: Kind, _ range: Range<Int>) {
        let isFirst = range.lowerBound == 0 || bytes[range.lowerBound - 1] == UInt8(ascii: "\n")
        tokens.append(
            Token(
                kind: kind, range: SourceRange(range.lowerBound, range.upperBound),
                startsLine: isFirst))
    }

    private func starts(with text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private func end(of text: String, from start: Int) -> Int {
        var at = start
        let wanted = Array(text.utf8)
        while at < bytes.count {
            if bytes[at...].starts(with: wanted) { return at + wanted.count }
            at += 1
        }
        return bytes.count
    }
}

extension SourceTokens {
    /// The word at an index; `nil` for anything else.
    func word(_ index: Int) -> String? {
        guard tokens.indices.contains(index), case .word(let word) = tokens[index].kind else {
            return nil
        }
        return word
    }

    func isMark(_ index: Int, _ mark: Character) -> Bool {
        tokens.indices.contains(index) && tokens[index].kind == .mark(mark.asciiValue ?? 0)
    }

    func string(_ index: Int) -> String? {
        guard tokens.indices.contains(index), case .string(let text) = tokens[index].kind else {
            return nil
        }
        return text
    }
}

extension UInt8 {
    /// Whether it is a letter, a digit, `_`, or part of a character beyond ASCII.
    fileprivate var isWordByte: Bool {
        self >= 0x80 || self == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
