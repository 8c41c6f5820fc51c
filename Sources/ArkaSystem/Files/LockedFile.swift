import ArkaModel
import Glibc

/// A small file that one process owns while it lives, such as the instance slot of a consumer group.
///
/// The lock (`flock`) ends with the process, however it ends, and is not passed to children. It holds
/// between processes of one machine; over NFS it depends on the server.
public final class LockedFile: Sendable {
    /// The path as given.
    public let path: String
    private let descriptor: Int32

    /// Claims a file, creating it if it is missing.
    /// - Returns: `nil` if another process, or another `LockedFile` of this one, has it.
    /// - Throws: ``SystemError``: `cannotOpenFile`, `cannotLockFile`.
    public static func claim(_ path: String) throws(SystemError) -> LockedFile? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw SystemError(.cannotOpenFile, path, "cannot open it", errorNumber: errno)
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let number = errno
            if number == EINTR { continue }
            close(descriptor)
            if number == EWOULDBLOCK { return nil }
            throw SystemError(.cannotLockFile, path, "cannot lock it", errorNumber: number)
        }
        return LockedFile(path: path, descriptor: descriptor)
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Closing gives the lock back.
    deinit { close(descriptor) }

    /// Reads the whole file.
    /// - Throws: ``SystemError``: `cannotReadFile`, `fileTooLarge`.
    public func contents() throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: SystemLimits.lockFileBytesMax + 1)
        // SAFETY: the array is ours and as long as we say.
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else {
            throw SystemError(.cannotReadFile, path, "cannot read it", errorNumber: errno)
        }
        guard count <= SystemLimits.lockFileBytesMax else {
            throw SystemError(
                .fileTooLarge, path, "larger than \(SystemLimits.lockFileBytesMax) bytes")
        }
        return Array(bytes[..<count])
    }

    /// Replaces the contents and brings them to disk.
    ///
    /// One write call covers the old contents too, padded with line feeds, so that a process killed
    /// in between leaves the old or the new text, never a mixture: ignore empty lines when reading.
    /// - Parameter contents: At most 4096 bytes of text.
    /// - Throws: ``SystemError`` (`cannotWriteFile`).
    public func replaceContents(_ contents: [UInt8]) throws(SystemError) {
        precondition(contents.count <= SystemLimits.lockFileBytesMax, "too much for a lock file")
        let padding = max(0, try self.contents().count - contents.count)
        let bytes = contents + [UInt8](repeating: UInt8(ascii: "\n"), count: padding)
        // SAFETY: the array is only read during the call.
        let written = pwrite(descriptor, bytes, bytes.count, 0)
        guard written == bytes.count else { throw writeError(written < 0 ? errno : ENOSPC) }
        guard ftruncate(descriptor, off_t(contents.count)) == 0, fsync(descriptor) == 0 else {
            throw writeError(errno)
        }
    }

    private func writeError(_ number: Int32) -> SystemError {
        SystemError(.cannotWriteFile, path, "cannot write it", errorNumber: number)
    }
}
