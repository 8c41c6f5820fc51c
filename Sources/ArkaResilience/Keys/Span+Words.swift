extension Span<UInt8> {
    /// Gives the bytes as words of eight, in order, the last one filled up with zeros.
    ///
    /// Their number is not part of it; whoever compares words must know it from elsewhere.
    @inline(__always)
    func forEachWord(_ body: (UInt64) -> Void) {
        var offset = 0
        while count - offset >= 8 {
            body(extracting(offset..<offset + 8).wholeWord)
            offset += 8
        }
        if offset < count { body(extracting(offset..<count).shortWord) }
    }

    /// The word of just eight bytes: known to be eight, they are loaded as one.
    @inline(__always)
    private var wholeWord: UInt64 {
        UInt64(self[0]) | UInt64(self[1]) << 8 | UInt64(self[2]) << 16 | UInt64(self[3]) << 24
            | UInt64(self[4]) << 32 | UInt64(self[5]) << 40 | UInt64(self[6]) << 48
            | UInt64(self[7]) << 56
    }

    @inline(__always)
    private var shortWord: UInt64 {
        var word: UInt64 = 0
        for index in indices.reversed() { word = word << 8 | UInt64(self[index]) }
        return word
    }
}
