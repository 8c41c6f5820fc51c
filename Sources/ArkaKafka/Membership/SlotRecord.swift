import ArkaSystem

/// What a slot file says: the instance's name and how many lane ids it may have left behind.
///
/// A transactional id that nobody uses any more can hold a transaction open until it times out, and
/// readers of its partitions wait for it. So the file counts the ids, and whoever starts fences those
/// it does not use itself.
struct SlotRecord: Sendable, Hashable {
    /// The name that makes up `group.instance.id` and the transactional ids.
    var instance: String
    /// Lanes 0 up to this one (exclusive) may have used a transactional id.
    var lanes: Int

    init(instance: String, lanes: Int = 0) {
        self.instance = instance
        self.lanes = lanes
    }

    /// Reads a file's text; `nil` if it is not one of ours (empty, damaged).
    init?(_ text: String) {
        var instance: String?
        var lanes = 0
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return nil }
            switch words[0] {
            case "instance": instance = String(words[1])
            case "lanes":
                guard let count = Int(words[1]), (0...10_000).contains(count) else { return nil }
                lanes = count
            default: return nil
            }
        }
        guard let instance, !instance.isEmpty else { return nil }
        self.init(instance: instance, lanes: lanes)
    }

    /// The file's text.
    var text: String { "instance \(instance)\nlanes \(lanes)\n" }

    /// What the file must say before the first of `used` lanes takes its id: until the rest is
    /// fenced, the larger number.
    func starting(_ used: Int) -> SlotRecord {
        SlotRecord(instance: instance, lanes: max(lanes, used))
    }

    /// The lanes whose ids are left over when `used` lanes start.
    func leftOver(beside used: Int) -> Range<Int> {
        min(used, lanes)..<max(lanes, min(used, lanes))
    }
}

/// Turns any text into a file name of its own: different texts, different names.
///
/// Letters, digits, `.`, `_` and `-` stay; other bytes are written as `%` and two digits, as in URLs.
/// A long one is cut and ends with a digest instead.
func safeFileName(_ text: String, digest: ([UInt8]) -> [UInt8]) -> String {
    let bytes = Array(text.utf8)
    var name = ""
    for (index, byte) in bytes.enumerated() {
        // A leading dot would hide the file, or name the folder itself or the one above.
        let isPlain = isNameByte(byte) && !(index == 0 && byte == UInt8(ascii: "."))
        name += isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal([byte])
    }
    if name.isEmpty { return "%" }
    guard name.utf8.count > KafkaLimits.pathNameBytesMax else { return name }
    let mark = hexadecimal(digest(bytes).prefix(16))
    // `%` followed by no digits cannot come from the spelling above, so no short name is like this.
    return name.prefix(KafkaLimits.pathNameBytesMax - 34) + "%-" + mark
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
    default: false
    }
}
