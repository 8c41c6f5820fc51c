import ArkaModel
import Glibc

/// Bytes that come in pieces: a file, standard input, or what a decompressor makes of them.
protocol ByteSource: AnyObject {
    /// What it is called in messages.
    var name: String { get }
    /// Reads some bytes, at least one unless the end is reached.
    /// - Returns: How many; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
}

/// An open file or standard input.
final class FileSource: ByteSource {
    let name: String
    /// The size the file system reports; `nil` for pipes and the like.
    let size: Int?
    /// Bytes taken from the system so far.
    private(set) var position = 0
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    /// What ``peek(_:)`` read and nobody has taken yet.
    private var peeked: [UInt8] = []

    /// Opens a file; `-` is standard input.
    init(path: String) throws(SystemError) {
        ownsDescriptor = path != "-"
        name = ownsDescriptor ? path : "standard input"
        descriptor = ownsDescriptor ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
        guard descriptor >= 0 else {
            throw SystemError(.cannotOpenFile, name, "cannot open it", errorNumber: errno)
        }
        var info = stat()
        // SAFETY: `info` is ours for the call.
        let known = fstat(descriptor, &info) == 0
        if known, info.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw SystemError(.cannotOpenFile, name, "is a directory")
        }
        size = known && info.st_mode & S_IFMT == S_IFREG ? Int(info.st_size) : nil
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    /// The next bytes without taking them: as many as asked for, fewer only at the end.
    func peek(_ count: Int) throws(SystemError) -> [UInt8] {
        while peeked.count < count {
            let more = try bytes(atMost: count - peeked.count)
            if more.isEmpty { break }
            peeked += more
        }
        return Array(peeked.prefix(count))
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        guard !peeked.isEmpty else { return try readFromSystem(into: buffer) }
        let count = min(peeked.count, buffer.count)
        buffer.copyBytes(from: peeked.prefix(count))
        peeked.removeFirst(count)
        return count
    }

    /// Reads some bytes, past those that were peeked at, into an array of their own; empty at the end.
    func bytes(atMost count: Int) throws(SystemError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        // SAFETY: allocated above, freed here, lent to nobody beyond the call.
        defer { buffer.deallocate() }
        let taken = try readFromSystem(into: buffer)
        return Array(buffer[..<taken])
    }

    private func readFromSystem(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Int {
        while true {
            // SAFETY: the buffer is the caller's for the call, with as many bytes as it says.
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                position += count
                return count
            }
            guard errno == EINTR else {
                throw SystemError(.cannotReadFile, name, "cannot read it", errorNumber: errno)
            }
        }
    }
}
