import ArkaModel
import CZstd

/// What zstd compressed, as it was before: any number of frames, one after the other.
///
/// Frames that want a window above 128 MiB (`zstd --ultra --long=28` and up) are refused: that is
/// the memory one reader would take.
final class ZstdSource: ByteSource {
    let name: String
    private let source: FileSource
    private let context: OpaquePointer
    private let input: UnsafeMutableRawBufferPointer
    private var inputRange = 0..<0
    /// Whether a frame has begun and not ended; the end of the file is an error then.
    private var isInsideFrame = false
    private var hasSeenFrame = false
    private var isAtEnd = false

    /// Decompresses what the source gives.
    init(_ source: FileSource) throws(SystemError) {
        guard let context = ZSTD_createDCtx() else {
            throw SystemError(.outOfResources, source.name, "no memory for the decompressor")
        }
        self.context = context
        self.source = source
        name = source.name
        input = .allocate(byteCount: ZSTD_DStreamInSize(), alignment: 16)
    }

    deinit {
        // SAFETY: made in `init`, owned by this object alone, freed nowhere else.
        ZSTD_freeDCtx(context)
        input.deallocate()
    }

    /// Whether bytes are the beginning of a zstd frame, or of one that is to be skipped.
    static func isMagic(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else { return false }
        let isFrame = bytes == [0x28, 0xB5, 0x2F, 0xFD]
        let isSkippable = bytes[0] & 0xF0 == 0x50 && bytes[1...] == [0x2A, 0x4D, 0x18]
        return isFrame || isSkippable
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        while true {
            if inputRange.isEmpty, !isAtEnd { try refill() }
            let written = try decompress(into: buffer)
            if written > 0 { return written }
            guard isAtEnd, inputRange.isEmpty else { continue }
            guard hasSeenFrame, !isInsideFrame else {
                throw SystemError(
                    .truncatedCompression, name,
                    hasSeenFrame ? "ends in the middle of a zstd frame" : "has no zstd frame")
            }
            return 0
        }
    }

    private func refill() throws(SystemError) {
        inputRange = 0..<(try source.read(into: input))
        isAtEnd = inputRange.isEmpty
    }

    /// One step of the decompressor. At the end of the input it is asked once more, without any:
    /// it may hold back output for which there was no room.
    private func decompress(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        guard !inputRange.isEmpty || isInsideFrame else { return 0 }
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        var taken = ZSTD_inBuffer(
            src: UnsafeRawPointer(input.baseAddress), size: inputRange.upperBound,
            pos: inputRange.lowerBound)
        // SAFETY: both structures describe memory that is ours or the caller's during the call.
        let result = ZSTD_decompressStream(context, &output, &taken)
        guard ZSTD_isError(result) == 0 else {
            let words = String(cString: ZSTD_getErrorName(result))
            throw SystemError(.damagedCompression, name, "is not what zstd wrote: \(words)")
        }
        inputRange = taken.pos..<inputRange.upperBound
        isInsideFrame = result != 0
        hasSeenFrame = true
        return output.pos
    }
}
