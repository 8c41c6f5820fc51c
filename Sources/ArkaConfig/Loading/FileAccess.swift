/// How the loader reaches files; the program gives it the real ones, tests a dictionary.
public struct FileAccess: Sendable {
    /// Reads a whole file.
    public let read: @Sendable (_ path: String) -> Result<[UInt8], FileFailure>
    /// Names the entries of a directory, in any order, without its path.
    public let list: @Sendable (_ directory: String) -> Result<[String], FileFailure>

    /// Makes an access out of its two operations.
    public init(
        read: @escaping @Sendable (_ path: String) -> Result<[UInt8], FileFailure>,
        list: @escaping @Sendable (_ directory: String) -> Result<[String], FileFailure>
    ) {
        self.read = read
        self.list = list
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
