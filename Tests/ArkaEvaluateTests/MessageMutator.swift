/// Breaks and bends messages at random, mostly in ways that real producers might.
struct MessageMutator {
    var random: Seeded

    private static let tokens = [
        "null", "true", "false", "0", "-0", "1e400", "1.0", "-1", "123456789012345678901234567890",
        "0.0000000000000000001", "1.12345678", "9223372036854.775808", "15e-1", "\"\"", "{}", "[]",
        "\"\\u0041\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\n\"", "\"DE\"", "\"IT\"", ",",
        "\"amount\":1,", "\"amount\":231.43,", "\"\\u0061mount\":5,", "\"customer\":{},",
        "\"sender\":{\"risk\":1,\"risk\":2},", "\"x\":1,\"x\":2,", "[1,2,[3]]", "{\"a\":{}}", "\\",
        "\"", "}", "{", "]", "[", ":", " ", "\n", "\t", "\u{7f}", "ü", "€", "😀", "\"tags\":[1],",
        "\"items\":[{\"price\":3,\"name\":\"A\"},{\"price\":\"x\"},[1,2]],",
        "\"x\":[[1, 2.50],[3]],",
        "\"memo\":\"  \u{dc}ber STRA\u{df}E \",", "\"memo\":\"\\ud800Ab\",",
        "\"day\":\"2026-06-01\",",
        "\"day\":\"2026-02-04T18:30:29.1234567+01:00\",",
        "\"list\":[null,true, \"a9\",\"\\u0062\",2e0],",
        "\"device\":{\"a\" : 1e1 , \"b\\n\":[ ],\"a\":2,\"new\":true},", "[\"a9\",1,1e400,true,{}]",
        "\"2026-02-04T18:30:29.12Z\"", "\"2026-02-04\"", "{\"k\":1,\"k\":[{\"k\":1}]}", "[[ ]]",
        "\"id\":null,", "\"id\":7,", "2026-02-30T00:00:00Z", "Z", "+01:00", ".5", "e5", "01", "--",
    ].map { Array($0.utf8) }

    mutating func mutate(_ message: [UInt8]) -> [UInt8] {
        var bytes = message
        for _ in 0...random.below(3) { mutateOnce(&bytes) }
        return bytes
    }

    private mutating func mutateOnce(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return bytes = random.pick(Self.tokens) }
        let at = random.below(bytes.count)
        switch random.below(12) {
        case 0: bytes[at] = UInt8(random.below(256))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(UInt8(random.below(128)), at: at)
        case 3: bytes.insert(contentsOf: random.pick(Self.tokens), at: at)
        case 4, 5, 6: replaceValue(&bytes)
        case 7, 8: insertMember(&bytes)
        case 9: bytes.removeSubrange(at..<min(at + 1 + random.below(20), bytes.count))
        case 10:
            let slice = Array(bytes[at..<min(at + 1 + random.below(60), bytes.count)])
            bytes.insert(contentsOf: slice, at: random.below(bytes.count))
        default: if random.oneIn(4) { bytes.removeSubrange(at...) } else { bytes[at] ^= 0x20 }
        }
    }

    /// Puts another value behind a random colon; usually still JSON.
    private mutating func replaceValue(_ bytes: inout [UInt8]) {
        let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
        guard !colons.isEmpty else { return }
        let start = random.pick(colons) + 1
        var end = start
        var isInside = false
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "\"") { isInside.toggle() }
            if !isInside, [UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[end]) { break }
            end += 1
        }
        bytes.replaceSubrange(start..<end, with: random.pick(Self.tokens))
    }

    /// Puts a token behind a random opening brace; usually still JSON.
    private mutating func insertMember(_ bytes: inout [UInt8]) {
        let braces = bytes.indices.filter { bytes[$0] == UInt8(ascii: "{") }
        guard !braces.isEmpty else { return }
        let members = Self.tokens.filter {
            $0.first == UInt8(ascii: "\"") && $0.last == UInt8(ascii: ",")
        }
        bytes.insert(contentsOf: random.pick(members), at: random.pick(braces) + 1)
    }
}
