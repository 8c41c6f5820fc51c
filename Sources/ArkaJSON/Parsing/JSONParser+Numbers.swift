import ArkaModel

extension JSONParser {
    /// Reads a number and keeps its text: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
    mutating func number() throws(Fault) -> JSONNode {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try takeDigits() }
        if isDigit { throw fault(.jsonNumber, "a number begins with a needless zero") }
        if take(UInt8(ascii: ".")) { try takeDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try takeDigits()
        }
        let text = String(decoding: source.utf8[start..<index], as: UTF8.self)
        return JSONNode(.number(text), at: SourceRange(start, index))
    }

    private var isDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func takeDigits() throws(Fault) {
        guard isDigit else {
            throw fault(.jsonNumber, "a number goes on without a digit", expected: "a digit")
        }
        while isDigit { index += 1 }
    }
}
