public import ArkaModel

/// The codes of this target; meaning and remedy stand in `docs/spec/error-codes.md`.
extension DiagnosticCode {
    /// A file cannot be opened or created.
    public static let cannotOpenFile = DiagnosticCode("SYS", 1)
    /// Reading failed half-way.
    public static let cannotReadFile = DiagnosticCode("SYS", 2)
    /// Writing failed: disk full, reader gone, no permission.
    public static let cannotWriteFile = DiagnosticCode("SYS", 3)
    /// A file is larger than what it is read for allows.
    public static let fileTooLarge = DiagnosticCode("SYS", 4)
    /// A line is longer than the limit.
    public static let lineTooLong = DiagnosticCode("SYS", 5)
    /// Compressed input is not what zstd wrote.
    public static let damagedCompression = DiagnosticCode("SYS", 6)
    /// Compressed input ends in the middle of a frame.
    public static let truncatedCompression = DiagnosticCode("SYS", 7)
    /// A lock file cannot be used.
    public static let cannotLockFile = DiagnosticCode("SYS", 8)
    /// The system gave no thread or descriptor.
    public static let outOfResources = DiagnosticCode("SYS", 9)
    /// A part of the program did not start.
    public static let partDidNotStart = DiagnosticCode("SYS", 10)
    /// A part of the program did not stop within the grace period.
    public static let partOverran = DiagnosticCode("SYS", 11)
    /// Another program cannot be started, or ended as it should not.
    public static let childFailed = DiagnosticCode("SYS", 12)
}
