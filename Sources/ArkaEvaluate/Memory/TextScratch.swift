/// Bytes that stay where they are until the batch ends: strings whose escapes were resolved.
final class TextScratch {
    private static let blockBytes = 16 * 1024
    private var blocks: [UnsafeMutableBufferPointer<UInt8>] = []
    private var used = 0

    deinit { for block in blocks { block.deallocate() } }

    /// Forgets all strings. One block is kept for the next batch.
    func removeAll() {
        while let block = blocks.last, blocks.count > 1 || block.count > Self.blockBytes {
            block.deallocate()
            blocks.removeLast()
        }
        used = 0
    }

    /// Room for a string and for the padding that table look-ups read.
    func reserve(_ byteCount: Int) -> UnsafeMutablePointer<UInt8> {
        let needed = byteCount + 16
        if let block = blocks.last, let base = block.baseAddress, block.count - used >= needed {
            defer { used += needed }
            // SAFETY: `needed` bytes are left after `used`.
            return base + used
        }
        let block = UnsafeMutableBufferPointer<UInt8>.allocate(
            capacity: max(needed, Self.blockBytes))
        block.initialize(repeating: 0)
        blocks.append(block)
        used = needed
        // A buffer just allocated has an address.
        return block.baseAddress.unsafelyUnwrapped
    }
}
