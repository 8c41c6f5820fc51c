/// How the loader reaches files; the program gives it the real ones, tests a dictionary.
public struct FileAccess: Sendable {
    /// Reads a whole file.
    public let read: @Sendable (_ path: String) -> Result<[UInt8], FileFailure>
    /// Names the entries of a directory, in any order, without its path.
    public let list: @Sendable (_ directory: String) -> Result<[String], FileFailure>
    /// Whether a path is a link, which is not followed where a whole folder is looked through.
    public let isLink: @Sendable (_ path: String) -> Bool

    /// Makes an access out of its operations.
    public init(
        read: @escaping @Sendable (_ path: String) -> Result<[UInt8], FileFailure>,
        list: @escaping @Sendable (_ directory: String) -> Result<[String], FileFailure>,
        isLink: @escaping @Sendable (_ path: String) -> Bool = { _ in false }
    ) {
        self.read = read
        self.list = list
        self.isLink = isLink
    }
}

/// Why a file cannot be had.
public struct FileFailure: Error, Sendable, Hashable {
    /// The reason in a few words, such as `no such file`.
    public let reason: String

    /// Makes a failure.
    public init(_ reason: String) {
        self.reason = reason
    }
}
