import ArkaModel
import CSystem
import Glibc

/// Replaces the contents of a file that exists, in one step: whoever reads it, also after a crash,
/// finds the old contents or the new ones.
///
/// Mode and, where the system allows it, owner stay. A link leads to the file that is replaced and
/// stays a link; another hard link to the file keeps the old contents. A file that this user may not
/// write is left alone, although its directory would allow the replacement. A process that is killed
/// meanwhile may leave a file `.arka.…` beside it.
/// - Throws: ``SystemError``: `cannotOpenFile`, `cannotWriteFile`; nothing has changed then.
public func replaceFile(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let target = try resolved(path)
    var info = stat()
    // SAFETY: `info` is ours for the call.
    guard access(target, W_OK) == 0, stat(target, &info) == 0 else {
        throw SystemError(.cannotWriteFile, path, "cannot write it", errorNumber: errno)
    }
    let draft = try Draft(beside: target)
    var number = draft.fill(bytes, like: info)
    if number == 0, rename(draft.path, target) != 0 { number = errno }
    guard number != 0 else { return }
    unlink(draft.path)
    throw SystemError(.cannotWriteFile, path, "cannot replace it", errorNumber: number)
}

/// The path of an existing file without links.
private func resolved(_ path: String) throws(SystemError) -> String {
    guard let pointer = realpath(path, nil) else {
        throw SystemError(.cannotOpenFile, path, "cannot find it", errorNumber: errno)
    }
    // SAFETY: allocated by the call for us, ends with a zero byte, read and freed here.
    defer { free(pointer) }
    return String(cString: pointer)
}

/// A new file that is to take the place of another one in the same directory.
private struct Draft {
    let path: String
    private let descriptor: Int32

    /// Creates an empty file; its name says that it is not for other programs.
    init(beside target: String) throws(SystemError) {
        let directory = target.prefix(through: target.lastIndex(of: "/") ?? target.startIndex)
        var template = Array("\(directory).arka.XXXXXX".utf8CString)
        // SAFETY: the template is ours, ends with a NUL, and is changed in place.
        descriptor = arka_make_file(&template)
        guard descriptor >= 0 else {
            throw SystemError(
                .cannotOpenFile, String(directory), "no file can be made here",
                errorNumber: errno)
        }
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        path = String(decoding: bytes, as: UTF8.self)
    }

    /// Writes everything, brings it to disk and closes the file.
    /// - Parameter info: Whose owner and mode the file gets.
    /// - Returns: 0, or the system's error number.
    func fill(_ bytes: [UInt8], like info: stat) -> Int32 {
        var number = bytes.withUnsafeBytes { writeFully($0, to: descriptor) }
        // The owner first: changing it takes special bits from the mode. Only root may give files
        // away; for others the file becomes theirs.
        _ = fchown(descriptor, info.st_uid, info.st_gid)
        if number == 0, fchmod(descriptor, info.st_mode & 0o7777) != 0 { number = errno }
        // A crash between an unwritten file and its new name would leave an empty one.
        if number == 0, fsync(descriptor) != 0 { number = errno }
        if close(descriptor) != 0, number == 0 { number = errno }
        return number
    }
}
