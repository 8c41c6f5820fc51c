import Glibc

// SAFETY: none of these reads outside the buffer; where a place is given, the callers below and in
// `PatternShape` have compared it with the count. An empty buffer may lack an address, so no function
// of C is given one.
extension UnsafeBufferPointer<UInt8> {
    /// Whether some bytes stand at an offset.
    /// - Precondition: As many bytes are there.
    func hasBytes(_ bytes: [UInt8], at offset: Int) -> Bool {
        assert(offset >= 0 && offset + bytes.count <= count)
        guard let start = baseAddress, !bytes.isEmpty else { return true }
        return bytes.withUnsafeBufferPointer { wanted in
            guard let first = wanted.baseAddress else { return true }
            return memcmp(start + offset, first, wanted.count) == 0
        }
    }

    /// Whether some bytes stand anywhere. Takes up to `bytes.count` comparisons for each byte.
    func contains(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first else { return true }
        guard let start = baseAddress, bytes.count <= count else { return false }
        let last = count - bytes.count
        var offset = 0
        while offset <= last {
            guard let found = memchr(start + offset, Int32(first), last - offset + 1) else {
                return false
            }
            offset = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            if hasBytes(bytes, at: offset) { return true }
            offset += 1
        }
        return false
    }

    /// Whether the first bytes are of these classes, one each.
    /// - Precondition: As many bytes are there.
    func begins(with classes: [ByteClass]) -> Bool {
        assert(classes.count <= count)
        for index in classes.indices where !classes[index].contains(self[index]) { return false }
        return true
    }
}
