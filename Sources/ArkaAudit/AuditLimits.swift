/// The bounds of the audit trail.
public enum AuditLimits {
    /// Entries that may wait for their transaction at a time.
    public static let entriesMax = 65_536
    /// Bytes of entries that may wait at a time.
    public static let bytesMax = 32 << 20
    /// Bytes of an action or a resource.
    public static let wordBytesMax = 256
    /// Details of an entry.
    public static let detailsMax = 64
    /// Bytes of a detail's name.
    public static let nameBytesMax = 128
    /// Bytes of an entry as it is written.
    public static let entryBytesMax = 32 << 10
    /// Levels of a value.
    public static let depthMax = 32
    /// Bytes of what stands around an entry: chain, number, two digests, the decision's id.
    static let frameBytesMax = 8 << 10
    /// Bytes of a record.
    public static let recordBytesMax = entryBytesMax + frameBytesMax
    /// The largest number of a record: no chain gets there, and the next one can still be counted.
    static let sequenceMax = Int64.max >> 1
    /// Bytes of a chain's name: a topic's and the number of a partition fit.
    static let chainBytesMax = 512
    /// Chains that a verification follows; records of more are counted as unreadable.
    public static let chainsMax = 100_000
    /// Findings that a verification keeps as such; more are only counted.
    public static let findingsMax = 100
    /// Bytes of a file of heads.
    public static let headsBytesMax = 16 << 20
}
