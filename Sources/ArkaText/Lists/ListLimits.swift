/// The bounds of a list file. Reaching one is an error with a place.
public struct ListLimits: Sendable, Hashable {
    /// Size of the file in bytes. The whole of it is held while it is read.
    public var bytesMax: Int
    /// Entries, repeated ones included. Ten million of 20 bytes take 270 MB.
    public var entriesMax: Int
    /// Bytes of one entry: no text that is compared with it is longer.
    public var entryBytesMax: Int
    /// Fields of one row.
    public var fieldsMax: Int
    /// Errors after which reading ends: who has more has one cause for most of them.
    public var errorsMax: Int

    /// Makes the bounds.
    public init(
        bytesMax: Int = 256 << 20, entriesMax: Int = 10_000_000, entryBytesMax: Int = 4_096,
        fieldsMax: Int = 1_024, errorsMax: Int = 50
    ) {
        self.bytesMax = bytesMax
        self.entriesMax = entriesMax
        self.entryBytesMax = entryBytesMax
        self.fieldsMax = fieldsMax
        self.errorsMax = errorsMax
    }
}
