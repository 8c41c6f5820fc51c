import ArkaModel
import Glibc

/// Reads a whole file, such as a topology, a schema or a rule file.
/// - Parameters:
///   - path: The path, or `-` for standard input.
///   - limit: The largest size in bytes that is taken.
/// - Returns: The bytes as they are; whether they are UTF-8 is for the reader of the text to say.
/// - Throws: ``SystemError``: `cannotOpenFile`, `cannotReadFile`, `fileTooLarge`.
public func readFile(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let source = try FileSource(path: path)
    var bytes: [UInt8] = []
    while true {
        // One byte more than allowed tells "full" from "too large" without trusting the size that
        // the file system reports: pipes and /proc report none.
        let wanted = min(limit + 1 - bytes.count, SystemLimits.chunkBytes)
        let chunk = try source.bytes(atMost: wanted)
        if chunk.isEmpty { return bytes }
        bytes += chunk
        guard bytes.count <= limit else {
            throw SystemError(
                .fileTooLarge, source.name, "larger than the \(limit) bytes that it may have")
        }
    }
}

/// Makes a directory and those above it; what already exists stays as it is.
/// - Throws: ``SystemError`` (`cannotOpenFile`).
public func makeDirectories(_ path: String) throws(SystemError) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
        prefix += part + "/"
        if mkdir(prefix, 0o755) != 0, errno != EEXIST {
            throw SystemError(
                .cannotOpenFile, prefix, "cannot make the directory", errorNumber: errno)
        }
    }
}

/// Whether both paths lead to the same existing file, whatever they are called.
public func isSameFile(_ a: String, _ b: String) -> Bool {
    var first = stat()
    var second = stat()
    // SAFETY: both are ours for the calls.
    guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
