import ArkaModel

extension JSONParser {
    /// Reads a string from its opening quote to its closing one and resolves its escapes.
    mutating func string() throws(Fault) -> String {
        index += 1
        var text: [UInt8] = []
        while true {
            let run = source.utf8[index...].prefix {
                $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            text += run
            index += run.count
            if take(UInt8(ascii: "\"")) { return String(decoding: text, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                throw fault(
                    .jsonString, "a control character in a string",
                    expected: "an escape, such as \\n, or the closing quote")
            }
            try appendEscape(to: &text)
        }
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(Fault) {
        let start = index
        index += 1
        let letter = byte
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            index += 1
            text += Array(String(try scalar(escapedFrom: start)).utf8)
            return
        default:
            throw fault(
                .jsonString, "no escape is written so",
                expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
        }
        index += 1
    }

    /// Reads the digits of `\u`, and a second escape where the first is half of a pair.
    private mutating func scalar(escapedFrom start: Int) throws(Fault) -> Character {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        let afterFirst = index
        if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try fourDigits()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return Character(scalar)
            }
        }
        if replacesLoneSurrogates {
            // An escape behind it that is not the other half is a character of its own.
            index = afterFirst
            return "\u{FFFD}"
        }
        throw fault(
            .jsonString, "half of a surrogate pair", expected: "both halves of the pair",
            at: SourceRange(start, index))
    }

    private mutating func fourDigits() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault(
                    .jsonString, "\\u is not followed by four hexadecimal digits",
                    expected: "a hexadecimal digit")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
