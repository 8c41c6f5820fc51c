/// Turns libyaml's places, which count characters, into byte offsets.
///
/// Events come almost in the order of the text, so a cursor that walks from the last place to the
/// next one passes every byte about once.
struct CharacterOffsets {
    private let bytes: [UInt8]
    private var character = 0
    private var byte = 0

    /// - Parameter start: The byte at which counting begins.
    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        byte = start
    }

    /// The first byte of a character of the text; the end of the text for those behind it.
    mutating func byteOffset(ofCharacter wanted: Int) -> Int {
        while character < wanted, byte < bytes.count { stepForward() }
        while character > wanted, byte > 0 { stepBack() }
        return byte
    }

    private mutating func stepForward() {
        repeat { byte += 1 } while byte < bytes.count && isContinuation(bytes[byte])
        character += 1
    }

    private mutating func stepBack() {
        repeat { byte -= 1 } while byte > 0 && isContinuation(bytes[byte])
        character -= 1
    }

    private func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }
}
