import ArkaModel
import Glibc

/// A file that takes what a child process prints, to be read when the child has ended.
public final class ChildOutput {
    /// Where it is.
    public let path: String
    /// What to hand to ``Child``; open as long as this object lives.
    public let descriptor: Int32

    /// Creates the file, or empties it if it exists.
    /// - Throws: ``SystemError`` (`cannotOpenFile`).
    public init(path: String) throws(SystemError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SystemError(.cannotOpenFile, path, "cannot create it", errorNumber: errno)
        }
    }

    deinit { close(descriptor) }

    /// What has been printed so far.
    /// - Parameter limit: Bytes beyond which reading fails.
    /// - Throws: ``SystemError``: `cannotReadFile`, `fileTooLarge`.
    public func bytes(limit: Int) throws(SystemError) -> [UInt8] {
        try readFile(path, limit: limit)
    }
}
