import ArkaModel

extension Lexer {
    /// Takes a text up to its closing quote, which must stand on the same line.
    ///
    /// Escapes and values inside are taken apart when the text is used (``TextPieces``); here only
    /// its end matters.
    mutating func lexText() {
        let start = offset
        switch TextEnd(of: bytes, at: start) {
        case .closed(let end):
            offset = end
            append(.text, from: start)
        case .open(let end):
            offset = end
            let hasValue =
                bytes[start..<end].firstRange(of: [UInt8(ascii: "\\"), UInt8(ascii: "(")]) != nil
            report(
                .unterminatedText, "a text does not end on its line",
                expected: hasValue
                    ? "')' behind each value and '\"' behind the text; quotes within \\( ) have no '\\'"
                    : "a closing '\"'; a line end inside a text is written \\n",
                at: SourceRange(start, start + 1))
            append(.invalid, from: start)
        case .tooDeep(let end):
            offset = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            report(
                .nestingTooDeep, "texts are nested too deep in this text",
                expected: "at most \(Limits.textNestingMax) levels; 'let' gives a part a name",
                at: SourceRange(start, end))
            append(.invalid, from: start)
        }
    }
}

/// Where a text ends: the one scanner of texts, for all who need to know.
enum TextEnd {
    /// Behind the closing quote.
    case closed(Int)
    /// There is no closing quote before the line ends, here.
    case open(Int)
    /// Values and texts stand too deep within each other at this place.
    case tooDeep(Int)

    /// Scans a text that starts with its opening quote at `start`.
    init(of bytes: [UInt8], at start: Int, depth: Int = 0) {
        var offset = start + 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                self = .closed(offset + 1)
                return
            case UInt8(ascii: "\\") where Self.byte(bytes, offset + 1) == UInt8(ascii: "("):
                switch Self.value(of: bytes, at: offset, depth: depth) {
                case .closed(let end): offset = end
                case let other:
                    self = other
                    return
                }
            case UInt8(ascii: "\\") where Self.byte(bytes, offset + 1) != UInt8(ascii: "\n"):
                offset += 2
            default: offset += 1
            }
        }
        self = .open(min(offset, bytes.count))
    }

    /// Scans a value that starts with `\(` at `start`; closed behind its bracket.
    static func value(of bytes: [UInt8], at start: Int, depth: Int = 0) -> TextEnd {
        guard depth < Limits.textNestingMax else { return .tooDeep(start) }
        var offset = start + 2
        var brackets = 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
            switch bytes[offset] {
            case UInt8(ascii: "("): brackets += 1
            case UInt8(ascii: ")"):
                brackets -= 1
                if brackets == 0 { return .closed(offset + 1) }
            case UInt8(ascii: "\""):
                let text = TextEnd(of: bytes, at: offset, depth: depth + 1)
                guard case .closed(let end) = text else { return text }
                offset = end - 1
            default: break
            }
            offset += 1
        }
        return .open(offset)
    }

    private static func byte(_ bytes: [UInt8], _ offset: Int) -> UInt8 {
        offset < bytes.count ? bytes[offset] : UInt8(ascii: "\n")
    }
}
