import ArkaStream

/// Room in an output buffer that is taken in large pieces, so that most decisions find it there.
struct OutputRoom: ~Copyable {
    private static let pieceBytes = 64 * 1024
    private let output: OutputBuffer
    private var start: UnsafeMutablePointer<UInt8>
    private var used = 0
    private var size = 0

    /// Begins behind what the buffer has already. Nothing else may write to it until ``finish()``.
    init(_ output: OutputBuffer) {
        self.output = output
        start = output.reserve(Self.pieceBytes).assumingMemoryBound(to: UInt8.self)
        size = Self.pieceBytes
    }

    /// A writer for up to `byteCount` bytes.
    @inline(__always) mutating func writer(_ byteCount: Int) -> ByteWriter {
        if size - used < byteCount { takeMore(byteCount) }
        // SAFETY: `byteCount` bytes are left behind those used.
        return ByteWriter(at: start + used)
    }

    /// Keeps what was written since ``writer(_:)``.
    @inline(__always) mutating func keep(_ byteCount: Int) { used += byteCount }

    @inline(never) private mutating func takeMore(_ byteCount: Int) {
        finish()
        size = max(byteCount, Self.pieceBytes)
        start = output.reserve(size).assumingMemoryBound(to: UInt8.self)
    }

    /// Hands over to the buffer what was kept.
    mutating func finish() {
        output.commit(used)
        used = 0
        size = 0
    }
}
