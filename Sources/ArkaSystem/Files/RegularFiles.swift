import ArkaModel
import Glibc

/// Finds the files at any depth below a directory whose names have an ending.
///
/// Names that start with a dot are passed over, and so are links: what they lead to may lie
/// elsewhere, or above.
/// - Returns: Their paths, starting with that of the directory as given, sorted.
/// - Throws: ``SystemError`` (`cannotOpenFile`): a directory cannot be listed.
public func regularFiles(
    below directory: String, ending: String
) throws(SystemError) -> [String] {
    var found: [String] = []
    var waiting = [directory]
    while let parent = waiting.popLast() {
        for name in try listDirectory(parent) where !name.hasPrefix(".") {
            let path = parent.hasSuffix("/") ? parent + name : parent + "/" + name
            switch kind(of: path) {
            case S_IFDIR: waiting.append(path)
            case S_IFREG where name.hasSuffix(ending): found.append(path)
            default: break
            }
        }
    }
    return found.sorted()
}

/// What a path itself is, links not followed; 0 if it is gone.
private func kind(of path: String) -> mode_t {
    var info = stat()
    // SAFETY: `info` is ours for the call.
    return lstat(path, &info) == 0 ? info.st_mode & S_IFMT : 0
}
