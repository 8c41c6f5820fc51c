import ArkaModel
import CSystem
import Glibc

/// A directory below `TMPDIR` or `/tmp` that goes away, with everything in it, when nobody holds it
/// any more. Whoever passes on only ``path`` must hold the object meanwhile, as a `defer` with
/// ``remove()`` does.
public final class TemporaryDirectory: Sendable {
    /// Its path.
    public let path: String

    /// Makes a directory that only this user can enter.
    /// - Throws: ``SystemError`` (`cannotOpenFile`).
    public init(prefix: String = "arka") throws(SystemError) {
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

    deinit { remove() }

    /// Removes it now, without following links out of it. What cannot be removed stays: a temporary
    /// file left behind is not worth an error.
    public func remove() { arka_remove_tree(path) }

    /// The path of a file in it, which need not exist.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file in it.
    /// - Returns: The file's path.
    /// - Throws: ``SystemError``: `cannotOpenFile`, `cannotWriteFile`.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> String {
        let writer = try FileWriter(path: file(name))
        try writer.write(bytes)
        try writer.close()
        return file(name)
    }
}
