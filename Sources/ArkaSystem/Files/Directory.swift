import ArkaModel
import Glibc

/// Names the entries of a directory, without `.` and `..`, in no particular order.
/// - Parameter limit: How many entries are taken.
/// - Throws: ``SystemError``: `cannotOpenFile`; `fileTooLarge` for a directory with more entries.
public func listDirectory(
    _ path: String, limit: Int = SystemLimits.directoryEntriesMax
) throws(SystemError) -> [String] {
    guard let directory = opendir(path) else {
        throw SystemError(.cannotOpenFile, path, "cannot list it", errorNumber: errno)
    }
    // SAFETY: opened above, used by this call alone, closed here.
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        // SAFETY: the entry is valid until the next call; its name ends with a zero byte.
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        guard names.count < limit else {
            throw SystemError(.fileTooLarge, path, "it has more than \(limit) entries")
        }
        names.append(name)
    }
    return names
}

/// Whether a path leads to a directory.
public func isDirectory(_ path: String) -> Bool {
    var info = stat()
    // SAFETY: `info` is ours for the call.
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
}

/// Whether a path is itself a link, wherever it leads.
public func isSymbolicLink(_ path: String) -> Bool {
    var info = stat()
    // SAFETY: `info` is ours for the call.
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
}

/// Whether a path leads to something that this user can read.
public func isReadableFile(_ path: String) -> Bool { access(path, R_OK) == 0 }
