import ArkaModel
import Glibc

/// Streams the lines of a file, of standard input (`-`) or of a zstd file, without copying them.
///
/// Lines end at LF, which is not part of them; a CR before it is (JSON takes it as white space). The
/// last line needs no LF. An empty line is a line. A file is decompressed if its name ends in `.zst`
/// or its first bytes say so. Memory stays at a few chunks, or the longest line.
///
/// Belongs to one thread at a time.
public final class LineReader {
    /// What is read, for messages: the path as given, or `standard input`.
    public let name: String
    /// The number of the line that was lent last, from 1; 0 before the first.
    public private(set) var lineNumber = 0
    private let file: FileSource
    private let source: any ByteSource
    private let lineLimit: Int
    private var buffer: UnsafeMutableRawBufferPointer
    /// Bytes read and not lent yet.
    private var pending = 0..<0
    /// Where to go on looking for LF: everything of `pending` before it has none.
    private var searched = 0
    private var isAtEnd = false

    /// Opens the file and reads its first bytes.
    /// - Parameters:
    ///   - path: The path, or `-` for standard input.
    ///   - lineLimit: Bytes that a line may have.
    ///   - chunkBytes: Bytes asked of the source at once.
    /// - Throws: ``SystemError``: `cannotOpenFile`, `cannotReadFile`.
    public init(
        path: String, lineLimit: Int = SystemLimits.lineBytesMax,
        chunkBytes: Int = SystemLimits.chunkBytes
    ) throws(SystemError) {
        let file = try FileSource(path: path)
        self.file = file
        name = file.name
        self.lineLimit = lineLimit
        let firstBytes = try file.peek(4)
        let isCompressed = path.hasSuffix(".zst") || ZstdSource.isMagic(firstBytes)
        source = isCompressed ? try ZstdSource(file) : file
        buffer = .allocate(byteCount: max(1, chunkBytes), alignment: 64)
    }

    deinit {
        // SAFETY: allocated in `init` or `makeRoom`, owned by this object alone, freed nowhere else.
        buffer.deallocate()
    }

    /// How much of the file has been read, from 0 to 1; `nil` for pipes.
    public var progress: Double? {
        guard let size = file.size, size > 0 else { return nil }
        return min(1, Double(file.position) / Double(size))
    }

    /// Lends the next line.
    /// - Parameter body: Gets the bytes without the LF; they are valid until it returns.
    /// - Returns: False, without calling `body`, at the end of the file.
    /// - Throws: ``SystemError``: `cannotReadFile`, `lineTooLong`, `damagedCompression`,
    ///   `truncatedCompression`. Lines before the place of the error have been lent by then.
    public func nextLine(_ body: (RawSpan) -> Void) throws(SystemError) -> Bool {
        guard let end = try endOfNextLine() else { return false }
        lineNumber += 1
        let line = UnsafeRawBufferPointer(rebasing: buffer[pending.lowerBound..<end])
        // The LF goes with its line; the last line may have none.
        let next = min(end + 1, pending.upperBound)
        pending = next..<pending.upperBound
        searched = next
        // SAFETY: the buffer is neither changed nor freed while `body` runs: it cannot call back into
        // this reader without violating exclusive access, and a span cannot outlive the call.
        body(line.bytes)
        return true
    }

    /// The place of the LF that ends the next line, or of the end of the last line; `nil` if there is
    /// no further line. Reads more as needed.
    private func endOfNextLine() throws(SystemError) -> Int? {
        while true {
            let end = lineFeed()
            guard (end ?? pending.upperBound) - pending.lowerBound <= lineLimit else {
                throw SystemError(
                    .lineTooLong, "\(name):\(lineNumber + 1)",
                    "the line has more than \(lineLimit) bytes")
            }
            if let end { return end }
            searched = pending.upperBound
            if isAtEnd { return pending.isEmpty ? nil : pending.upperBound }
            try readMore()
        }
    }

    private func lineFeed() -> Int? {
        guard searched < pending.upperBound, let start = buffer.baseAddress else { return nil }
        // SAFETY: `searched..<pending.upperBound` lies within the buffer.
        let found = memchr(start + searched, 0x0A, pending.upperBound - searched)
        return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) }
    }

    private func readMore() throws(SystemError) {
        makeRoom()
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[pending.upperBound...])
        let count = try source.read(into: room)
        isAtEnd = count == 0
        pending = pending.lowerBound..<(pending.upperBound + count)
    }

    /// Moves the rest of a line to the front; doubles the buffer if the line fills it.
    private func makeRoom() {
        guard pending.upperBound == buffer.count else { return }
        let rest = UnsafeRawBufferPointer(rebasing: buffer[pending])
        if pending.lowerBound >= buffer.count / 2 {
            // SAFETY: both lie within the buffer; `copyMemory` allows overlap.
            buffer.copyMemory(from: rest)
        } else {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: buffer.count * 2, alignment: 64)
            // SAFETY: the new memory is larger than the rest; the old one is owned here and unused
            // from now on.
            larger.copyMemory(from: rest)
            buffer.deallocate()
            buffer = larger
        }
        searched -= pending.lowerBound
        pending = 0..<pending.count
    }
}

/// The bytes of a span as an array; for what must outlive the span.
public func copy(_ bytes: RawSpan) -> [UInt8] {
    // SAFETY: the pointer is used only within the closure.
    bytes.withUnsafeBytes { Array($0) }
}
