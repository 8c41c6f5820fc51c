extension [UInt8] {
    /// Appends a text as a JSON string with its quotes.
    ///
    /// Quotes, backslashes and control characters are escaped; everything else stays as it is, so the
    /// result is as readable as the text.
    public mutating func append(jsonString text: String) {
        let bytes = text.utf8Span.span
        append(UInt8(ascii: "\""))
        if bytes.needsNoEscape {
            append(contentsOf: bytes)
        } else {
            for index in bytes.indices { append(jsonEscaping: bytes[index]) }
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends bytes as they are.
    public mutating func append(contentsOf bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count) { out in
            for index in bytes.indices { out.append(bytes[index]) }
        }
    }

    private mutating func append(jsonEscaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(escape: byte)
        case 0x08: append(escape: UInt8(ascii: "b"))
        case 0x09: append(escape: UInt8(ascii: "t"))
        case 0x0A: append(escape: UInt8(ascii: "n"))
        case 0x0C: append(escape: UInt8(ascii: "f"))
        case 0x0D: append(escape: UInt8(ascii: "r"))
        // DEL is legal in JSON, but a terminal may act on it.
        case 0..<0x20, 0x7F:
            self += Array("\\u00".utf8)
            append(hexDigit: byte >> 4)
            append(hexDigit: byte & 15)
        default: append(byte)
        }
    }

    private mutating func append(escape letter: UInt8) {
        append(UInt8(ascii: "\\"))
        append(letter)
    }

    private mutating func append(hexDigit value: UInt8) {
        append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }
}

extension Span<UInt8> {
    /// Whether a JSON string holds the text as it is, as most do.
    fileprivate var needsNoEscape: Bool {
        for index in indices {
            let byte = self[index]
            let isPlain =
                byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"")
                && byte != UInt8(ascii: "\\")
            if !isPlain { return false }
        }
        return true
    }
}
