/// Bytes to be written, appended piece by piece, with room checked once per piece.
///
/// Growing is amortised; after the first batches of a lane nothing is allocated any more.
public final class OutputBuffer {
    /// Bytes written so far.
    public private(set) var count = 0
    private var storage: UnsafeMutableRawBufferPointer

    /// Makes an empty buffer.
    public init(capacity: Int = 128 * 1024) {
        storage = .allocate(byteCount: capacity, alignment: 64)
    }

    deinit {
        // SAFETY: allocated in `init` or `grow`, owned by this object alone, freed nowhere else.
        storage.deallocate()
    }

    /// Forgets what was written; a buffer beyond 4 MiB is given back.
    public func removeAll() {
        count = 0
        guard storage.count > 4 << 20 else { return }
        storage.deallocate()
        storage = .allocate(byteCount: 128 * 1024, alignment: 64)
    }

    /// Makes room and returns where to write; call ``commit(_:)`` with what was written.
    /// - Returns: At least `byteCount` bytes, valid until the next call of any method.
    public func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer {
        if storage.count - count < byteCount { grow(toFit: count + byteCount) }
        // SAFETY: `grow` left at least `byteCount` bytes after `count`.
        return storage.baseAddress.unsafelyUnwrapped + count
    }

    /// Takes over bytes written after ``reserve(_:)``.
    public func commit(_ byteCount: Int) {
        precondition(byteCount >= 0 && byteCount <= storage.count - count, "wrote past the room")
        count += byteCount
    }

    /// Lends everything written so far; valid until the closure returns.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(written)
    }

    private var written: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage)[..<count])
    }

    private func grow(toFit needed: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(needed, storage.count * 2), alignment: 64)
        // SAFETY: both hold at least `count` bytes and do not overlap; the old one is owned here.
        larger.copyMemory(from: written)
        storage.deallocate()
        storage = larger
    }
}
