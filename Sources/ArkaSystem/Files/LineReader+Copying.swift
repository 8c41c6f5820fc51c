extension LineReader {
    /// A copy of the next line without its LF; `nil` at the end of the file. For lines that are few.
    /// - Throws: ``SystemError``, as ``nextLine(_:)``.
    public func copyNextLine() throws(SystemError) -> [UInt8]? {
        var copy: [UInt8]?
        // SAFETY: the line is only read while it is lent.
        _ = try nextLine { line in copy = line.withUnsafeBytes { Array($0) } }
        return copy
    }
}
