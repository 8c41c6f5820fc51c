import ArkaModel
import CSystem
import Glibc

/// A directory of its own for as long as something needs one, below `TMPDIR` or `/tmp`.
public struct TemporaryDirectory: Sendable {
    /// Its path.
    public let path: String

    /// Makes a directory that only this user can enter.
    /// - Throws: ``SystemError`` (`cannotOpenFile`).
    public init(prefix: String) throws(SystemError) {
        let parent = Child.currentEnvironment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/\(prefix).XXXXXX".utf8CString)
        // SAFETY: the template is ours, ends with a NUL, and is changed in place.
        guard mkdtemp(&template) != nil else {
            throw SystemError(
                .cannotOpenFile, parent, "no directory can be made here", errorNumber: errno)
        }
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        path = String(decoding: bytes, as: UTF8.self)
    }

    /// Removes it with everything in it, without following links out of it. What cannot be removed
    /// stays: a temporary file left behind is not worth an error.
    public func remove() {
        arka_remove_tree(path)
    }
}
