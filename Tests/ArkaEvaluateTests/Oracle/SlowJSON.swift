/// A JSON value as the tests' own decoder reads it: slowly, recursively, keeping duplicate keys.
indirect enum SlowJSON {
    case null
    case boolean(Bool)
    /// The number's text.
    case number([UInt8])
    /// The string's bytes, escapes resolved; a lone surrogate as three bytes.
    case string([UInt8], raw: [UInt8])
    case array([SlowJSON])
    case object([(key: [UInt8], value: SlowJSON)])
}

/// Why text is no JSON.
enum SlowFault: Error {
    case invalidUTF8
    case malformed
    case tooDeep
}

/// Reads JSON by RFC 8259, written independently of the engine: byte by byte, with recursion.
struct SlowParser {
    private let text: [UInt8]
    private var at = 0

    static func parse(_ text: [UInt8]) throws(SlowFault) -> SlowJSON {
        guard String(validating: text, as: UTF8.self) != nil else { throw .invalidUTF8 }
        var parser = SlowParser(text: text)
        parser.space()
        let value = try parser.value(depth: 0)
        parser.space()
        guard parser.at == text.count else { throw .malformed }
        return value
    }

    private init(text: [UInt8]) { self.text = text }

    private var byte: UInt8? { at < text.count ? text[at] : nil }

    private mutating func space() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
    }

    private mutating func take(_ expected: String) throws(SlowFault) {
        for wanted in expected.utf8 {
            guard byte == wanted else { throw .malformed }
            at += 1
        }
    }

    private mutating func value(depth: Int) throws(SlowFault) -> SlowJSON {
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""):
            let start = at
            let bytes = try string()
            return .string(bytes, raw: Array(text[start..<at]))
        case UInt8(ascii: "t"):
            try take("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try take("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            try take("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(SlowFault) -> SlowJSON {
        guard depth <= 512 else { throw .tooDeep }
        at += 1
        var members: [(key: [UInt8], value: SlowJSON)] = []
        space()
        if byte == UInt8(ascii: "}") {
            at += 1
            return .object([])
        }
        while true {
            space()
            guard byte == UInt8(ascii: "\"") else { throw .malformed }
            let key = try string()
            space()
            try take(":")
            space()
            members.append((key, try value(depth: depth)))
            space()
            if byte == UInt8(ascii: ",") {
                at += 1
                continue
            }
            try take("}")
            return .object(members)
        }
    }

    private mutating func array(depth: Int) throws(SlowFault) -> SlowJSON {
        guard depth <= 512 else { throw .tooDeep }
        at += 1
        var elements: [SlowJSON] = []
        space()
        if byte == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        while true {
            space()
            elements.append(try value(depth: depth))
            space()
            if byte == UInt8(ascii: ",") {
                at += 1
                continue
            }
            try take("]")
            return .array(elements)
        }
    }

    private mutating func digits() throws(SlowFault) {
        let start = at
        while let byte, (48...57).contains(byte) { at += 1 }
        guard at > start else { throw .malformed }
    }

    private mutating func number() throws(SlowFault) -> [UInt8] {
        let start = at
        if byte == UInt8(ascii: "-") { at += 1 }
        if byte == UInt8(ascii: "0") { at += 1 } else { try digits() }
        if byte == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        return Array(text[start..<at])
    }

    private mutating func string() throws(SlowFault) -> [UInt8] {
        at += 1
        var units: [Unit] = []
        while true {
            guard let next = byte, next >= 0x20 else { throw .malformed }
            at += 1
            switch next {
            case UInt8(ascii: "\""): return Self.bytes(units)
            case UInt8(ascii: "\\"): units.append(try escape())
            default: units.append(.byte(next))
            }
        }
    }

    private enum Unit {
        case byte(UInt8)
        case utf16(UInt16)
    }

    private mutating func escape() throws(SlowFault) -> Unit {
        guard let letter = byte else { throw .malformed }
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return .byte(letter)
        case UInt8(ascii: "b"): return .byte(8)
        case UInt8(ascii: "f"): return .byte(12)
        case UInt8(ascii: "n"): return .byte(10)
        case UInt8(ascii: "r"): return .byte(13)
        case UInt8(ascii: "t"): return .byte(9)
        case UInt8(ascii: "u"):
            guard at + 4 <= text.count else { throw .malformed }
            let digits = text[at..<(at + 4)]
            at += 4
            guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit && $0 < 128 }),
                let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw .malformed }
            return .utf16(unit)
        default: throw .malformed
        }
    }

    /// Joins surrogate pairs; a surrogate alone becomes the three bytes it would have.
    private static func bytes(_ units: [Unit]) -> [UInt8] {
        var out: [UInt8] = []
        var index = 0
        while index < units.count {
            defer { index += 1 }
            guard case .utf16(let unit) = units[index] else {
                if case .byte(let byte) = units[index] { out.append(byte) }
                continue
            }
            if UTF16.isLeadSurrogate(unit), index + 1 < units.count,
                case .utf16(let low) = units[index + 1], UTF16.isTrailSurrogate(low)
            {
                out += Array(String(decoding: [unit, low], as: UTF16.self).utf8)
                index += 1
            } else if UTF16.isSurrogate(unit) {
                out += [
                    0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F),
                    0x80 | UInt8(unit & 0x3F),
                ]
            } else {
                out += Array(String(decoding: [unit], as: UTF16.self).utf8)
            }
        }
        return out
    }
}
