/// A key that is expected at its place in an object because earlier records had it there.
///
/// Most producers write the same keys in the same order; comparing with the expected key is cheaper
/// than a look-up. A wrong guess costs a look-up and is replaced. One per lane and place.
struct KeyShape: BitwiseCopyable {
    /// Bytes compared: a key of up to 30 bytes, its closing quote and the colon behind it.
    static let textMax = 32
    /// Keys in a row that a record may leave out before its next one is looked up.
    static let lookAheadMax = 6
    /// Expected keys per object; what comes after shares the last place.
    static let perObject = 64

    /// The key, its closing quote and the colon, as four words, and which of their bytes count.
    var text: (UInt64, UInt64, UInt64, UInt64) = (.max, 0, 0, 0)
    var mask: (UInt64, UInt64, UInt64, UInt64) = (.max, 0, 0, 0)
    /// How many bytes that is.
    var length: Int32 = 0
    /// Bytes from here to the next expected key; 0 in the last place.
    var step: Int32 = 0
    /// The property; `nil` if nobody names it.
    var node: UnsafePointer<FieldNode>?
    /// The property's place among those seen in its object. (Meaningless without a node.)
    var seenWord: UnsafeMutablePointer<UInt64>
    var seenBit: UInt64 = 0

    /// Matches nothing: no valid text has these bytes.
    init(seen: UnsafeMutablePointer<UInt64>) { seenWord = seen }

    /// Whether the expected key stands here, closing quote and colon included.
    ///
    /// SAFETY: 32 bytes must be readable; the padding of a batch has them.
    @inline(__always) static func stands(
        _ shape: UnsafePointer<KeyShape>, at key: UnsafePointer<UInt8>
    ) -> Bool {
        let first = (loadWord(key) ^ shape.pointee.text.0) & shape.pointee.mask.0
        let second = (loadWord(key + 8) ^ shape.pointee.text.1) & shape.pointee.mask.1
        if first | second != 0 { return false }
        if shape.pointee.length <= 16 { return true }
        let third = (loadWord(key + 16) ^ shape.pointee.text.2) & shape.pointee.mask.2
        let fourth = (loadWord(key + 24) ^ shape.pointee.text.3) & shape.pointee.mask.3
        return third | fourth == 0
    }

    /// Expects the text that stands here, which must not have a backslash.
    mutating func expect(_ key: UnsafePointer<UInt8>, length: Int) {
        guard length <= Self.textMax else { return forget() }
        self.length = Int32(length)
        let masks = (0..<4).map { word -> UInt64 in
            let bytes = min(max(length - word * 8, 0), 8)
            return bytes == 0 ? 0 : UInt64.max >> UInt64(64 - bytes * 8)
        }
        mask = (masks[0], masks[1], masks[2], masks[3])
        text = (
            loadWord(key) & masks[0], loadWord(key + 8) & masks[1],
            loadWord(key + 16) & masks[2], loadWord(key + 24) & masks[3]
        )
    }

    /// Expects nothing.
    mutating func forget() {
        text = (.max, 0, 0, 0)
        mask = (.max, 0, 0, 0)
        length = 0
    }
}
