import ArkaModel
import Glibc

/// Reads a file that must lie within a directory, wherever links on its way lead.
/// - Parameters:
///   - path: Relative to the directory.
///   - limit: The largest size in bytes that is taken.
/// - Returns: The bytes; `nil` if there is no such file.
/// - Throws: ``SystemError``: `cannotOpenFile` also for what lies elsewhere and for what is no file;
///   `cannotReadFile`, `fileTooLarge`.
public func readFile(
    _ path: String, inside directory: String, limit: Int
) throws(SystemError) -> [UInt8]? {
    guard let root = try pathWithoutLinks(directory) else {
        throw SystemError(.cannotOpenFile, directory, "cannot find it", errorNumber: ENOENT)
    }
    // What a mount is switched to between the two steps is found at the second attempt.
    for _ in 0..<2 {
        guard let target = try pathWithoutLinks(directory + "/" + path) else { return nil }
        guard target.hasPrefix(root == "/" ? root : root + "/") else {
            throw SystemError(.cannotOpenFile, path, "it lies outside of \(directory)")
        }
        if let bytes = try bytes(of: target, limit: limit) { return bytes }
    }
    return nil
}

/// Reads a file of a folder that somebody else has filled. What stands there instead of a file is refused:
/// a pipe would hold the reader up for ever, a device may never end.
/// - Parameters:
///   - path: The file, or a link to one.
///   - limit: The largest size in bytes that is taken.
/// - Throws: ``SystemError``: `cannotOpenFile` also for what is no file; `cannotReadFile`, `fileTooLarge`.
public func readRegularFile(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    guard let bytes = try bytes(of: path, followingLinks: true, limit: limit) else {
        throw SystemError(.cannotOpenFile, path, "cannot open it", errorNumber: ENOENT)
    }
    return bytes
}

/// The path of what exists, without links; `nil` if nothing does.
private func pathWithoutLinks(_ path: String) throws(SystemError) -> String? {
    guard let pointer = realpath(path, nil) else {
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw SystemError(.cannotOpenFile, path, "cannot find it", errorNumber: errno)
    }
    // SAFETY: allocated by the call for us, ends with a zero byte, read and freed here.
    defer { free(pointer) }
    return String(cString: pointer)
}

/// The bytes of a regular file; `nil` if there is none any more.
private func bytes(
    of path: String, followingLinks: Bool = false, limit: Int
) throws(SystemError) -> [UInt8]? {
    // Without waiting: a pipe of this name must not hold anybody up.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else {
        if errno == ENOENT { return nil }
        throw SystemError(.cannotOpenFile, path, "cannot open it", errorNumber: errno)
    }
    defer { close(descriptor) }
    var info = stat()
    // SAFETY: `info` is ours for the call.
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
        throw SystemError(.cannotOpenFile, path, "it is no file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
        // SAFETY: the buffer is ours, with as many bytes as it says.
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count == 0 { return bytes }
        guard count > 0 else {
            if errno == EINTR { continue }
            throw SystemError(.cannotReadFile, path, "cannot read it", errorNumber: errno)
        }
        bytes += buffer[..<count]
        guard bytes.count <= limit else {
            throw SystemError(
                .fileTooLarge, path, "larger than the \(limit) bytes that it may have")
        }
    }
}
