import ArkaModel
import Glibc

/// Writes to a file or to standard output, gathering small pieces.
///
/// After an error every further call throws the same error: what follows a gap must not be written.
/// Belongs to one thread at a time.
public final class FileWriter {
    /// What is written, for messages: the path as given, or `standard output`.
    public let name: String
    /// Bytes handed over so far, written or still gathered.
    public private(set) var byteCount = 0
    private var descriptor: Int32
    private let ownsDescriptor: Bool
    private var buffer: [UInt8] = []
    private var failure: SystemError?

    /// Creates the file, or empties it if it exists; `-` is standard output.
    /// - Throws: ``SystemError`` (`cannotOpenFile`).
    public init(path: String) throws(SystemError) {
        ownsDescriptor = path != "-"
        name = ownsDescriptor ? path : "standard output"
        descriptor =
            ownsDescriptor
            ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) : STDOUT_FILENO
        guard descriptor >= 0 else {
            throw SystemError(.cannotOpenFile, name, "cannot create it", errorNumber: errno)
        }
        buffer.reserveCapacity(SystemLimits.writeBufferBytes)
    }

    deinit {
        if ownsDescriptor, descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Hands over bytes; they may stay in memory until ``flush(toDisk:)`` or ``close(toDisk:)``.
    /// - Throws: ``SystemError`` (`cannotWriteFile`): disk full, reader gone.
    public func write(_ bytes: RawSpan) throws(SystemError) {
        byteCount += bytes.byteCount
        if buffer.count + bytes.byteCount > SystemLimits.writeBufferBytes { try flush() }
        if bytes.byteCount >= SystemLimits.writeBufferBytes {
            let number = bytes.withUnsafeBytes { writeFully($0, to: descriptor) }
            try check(number, "cannot write it")
        } else {
            bytes.withUnsafeBytes { buffer.append(contentsOf: $0) }
        }
    }

    /// Hands over bytes.
    /// - Throws: ``SystemError`` (`cannotWriteFile`).
    public func write(_ bytes: [UInt8]) throws(SystemError) { try write(bytes.span.bytes) }

    /// Hands over a text as UTF-8.
    /// - Throws: ``SystemError`` (`cannotWriteFile`).
    public func write(_ text: String) throws(SystemError) {
        try write(text.utf8Span.span.bytes)
    }

    /// Gives everything gathered to the system.
    /// - Parameter toDisk: Whether to wait until the disk has it; ignored where there is none.
    /// - Throws: ``SystemError`` (`cannotWriteFile`).
    public func flush(toDisk: Bool = false) throws(SystemError) {
        if let failure { throw failure }
        let number = buffer.withUnsafeBytes { writeFully($0, to: descriptor) }
        buffer.removeAll(keepingCapacity: true)
        try check(number, "cannot write it")
        // EINVAL: a pipe or a terminal, which has no disk.
        if toDisk, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS {
            try check(errno, "cannot bring it to disk")
        }
    }

    /// Flushes and closes; the writer cannot be used afterwards. Standard output stays open.
    /// - Throws: ``SystemError`` (`cannotWriteFile`): network file systems report a full disk here.
    public func close(toDisk: Bool = false) throws(SystemError) {
        try flush(toDisk: toDisk)
        guard ownsDescriptor, descriptor >= 0 else { return }
        let result = Glibc.close(descriptor)
        descriptor = -1
        if result != 0 { try check(errno, "cannot close it") }
    }

    /// Remembers and throws a failure.
    private func check(_ number: Int32, _ reason: String) throws(SystemError) {
        guard number != 0 else { return }
        let error = SystemError(.cannotWriteFile, name, reason, errorNumber: number)
        failure = error
        throw error
    }
}
