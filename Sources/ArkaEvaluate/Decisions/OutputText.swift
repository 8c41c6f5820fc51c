import ArkaModel
import ArkaRules

/// Text that rules put into decisions and into other texts, value by value.
struct OutputText {
    /// What has been written.
    var bytes: [UInt8] = []

    /// How a value is written.
    enum Form {
        /// As JSON has it.
        case json
        /// As people read it inside of a text: texts without quotes, everything else as JSON.
        case plain
    }

    mutating func write(_ text: StaticString) {
        // SAFETY: the bytes of a static string are there as long as the program.
        bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// Writes a text that needs no escapes.
    mutating func write(_ text: String, isQuoted: Bool) {
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        bytes += text.utf8
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }

    /// Writes a text.
    mutating func write(_ text: UnsafeBufferPointer<UInt8>, as form: Form) {
        if form == .json { bytes.append(UInt8(ascii: "\"")) }
        // Surrogates that stand alone are no UTF-8: they become what Unicode puts in their place.
        if Self.isUTF8(text) {
            append(text, as: form)
        } else {
            var repaired = String(decoding: text, as: UTF8.self)
            repaired.withUTF8 { append($0, as: form) }
        }
        if form == .json { bytes.append(UInt8(ascii: "\"")) }
    }

    /// Whether texts of records, which are UTF-8 but for surrogates, need no repair.
    private static func isUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        !text.contains(0xED) || String(validating: text, as: UTF8.self) != nil
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>, as form: Form) {
        guard form == .json, text.contains(where: Self.isEscaped) else {
            bytes += text
            return
        }
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): write("\\n")
            case UInt8(ascii: "\r"): write("\\r")
            case UInt8(ascii: "\t"): write("\\t")
            case ..<0x20:
                write("\\u00")
                bytes.append(UInt8(ascii: byte < 0x10 ? "0" : "1"))
                let digit = byte & 15
                bytes.append(
                    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            default: bytes.append(byte)
            }
        }
    }

    /// Writes JSON that a rule holds.
    mutating func writeConstant(_ json: String, as form: Form) {
        guard form == .plain, json.utf8.first == UInt8(ascii: "\"") else {
            bytes += json.utf8
            return
        }
        var json = json
        json.withUTF8 { writeString($0, as: .plain) }
    }

    /// Writes a value as it stands in a record: without blanks, numbers in their shortest form and
    /// null if they are out of range, members that stand more than once as one that is null.
    mutating func writeRaw(_ text: UnsafeBufferPointer<UInt8>, as form: Form) {
        var cursor = JSONCursor(text)
        if form == .plain, cursor.peek() == UInt8(ascii: "\"") {
            writeString(cursor.scalar(), as: .plain)
        } else {
            writeValue(&cursor)
        }
    }

    /// Recursive: records are not nested deeper than ``Limits/nestingMax``.
    private mutating func writeValue(_ cursor: inout JSONCursor) {
        switch cursor.peek() {
        case UInt8(ascii: "{"): writeObject(&cursor)
        case UInt8(ascii: "["): writeArray(&cursor)
        case UInt8(ascii: "\""): writeString(cursor.scalar(), as: .json)
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): bytes += cursor.scalar()
        default:
            guard let number = NumberToken.exact(cursor.scalar()) else { return write("null") }
            bytes += number.description.utf8
        }
    }

    private mutating func writeArray(_ cursor: inout JSONCursor) {
        bytes.append(UInt8(ascii: "["))
        _ = cursor.take(UInt8(ascii: "["))
        if cursor.peek() != UInt8(ascii: "]") {
            writeValue(&cursor)
            while cursor.take(UInt8(ascii: ",")) {
                bytes.append(UInt8(ascii: ","))
                writeValue(&cursor)
            }
        }
        _ = cursor.take(UInt8(ascii: "]"))
        bytes.append(UInt8(ascii: "]"))
    }

    /// A member of an object that is being written.
    private struct Member {
        /// Its key, quotes included, and its value, in ``OutputText/bytes``.
        let key: Range<Int>
        let value: Range<Int>
        var isRepeated = false
    }

    private mutating func writeObject(_ cursor: inout JSONCursor) {
        let start = bytes.count
        var members: [Member] = []
        var places: [ArraySlice<UInt8>: Int] = [:]
        bytes.append(UInt8(ascii: "{"))
        _ = cursor.take(UInt8(ascii: "{"))
        while cursor.peek() == UInt8(ascii: "\"") {
            let before = bytes.count
            if !members.isEmpty { bytes.append(UInt8(ascii: ",")) }
            let key = bytes.count
            writeString(cursor.scalar(), as: .json)
            _ = cursor.take(UInt8(ascii: ":"))
            let value = bytes.count + 1
            bytes.append(UInt8(ascii: ":"))
            writeValue(&cursor)
            let name = ArraySlice(Array(bytes[key..<(value - 1)]))
            if let place = places[name] {
                members[place].isRepeated = true
                bytes.removeSubrange(before...)
            } else {
                places[name] = members.count
                members.append(Member(key: key..<(value - 1), value: value..<bytes.count))
            }
            if !cursor.take(UInt8(ascii: ",")) { break }
        }
        _ = cursor.take(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "}"))
        if members.contains(where: \.isRepeated) { rewrite(members, from: start) }
    }

    /// Writes an object again in which members stand more than once.
    private mutating func rewrite(_ members: [Member], from start: Int) {
        let written = Array(bytes[start...])
        func part(_ range: Range<Int>) -> ArraySlice<UInt8> {
            written[(range.lowerBound - start)..<(range.upperBound - start)]
        }
        bytes.removeSubrange((start + 1)...)
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += part(member.key)
            bytes.append(UInt8(ascii: ":"))
            if member.isRepeated { write("null") } else { bytes += part(member.value) }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes a string that stands between quotes.
    private mutating func writeString(_ text: UnsafeBufferPointer<UInt8>, as form: Form) {
        guard let start = text.baseAddress, text.count >= 2 else { return }
        let count = text.count - 2
        // SAFETY: the text has two quotes at least; the resolved form is never longer.
        guard Unescaping.isNeeded(start + 1, count) else {
            bytes += form == .json ? text : UnsafeBufferPointer(start: start + 1, count: count)
            return
        }
        let resolved = [UInt8](unsafeUninitializedCapacity: count) { room, written in
            guard let out = room.baseAddress else { return }
            written = Unescaping.resolve(start + 1, count, into: out)
        }
        resolved.withUnsafeBufferPointer { write($0, as: form) }
    }
}
