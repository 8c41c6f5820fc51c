/// The bounds of this target.
public enum SystemLimits {
    /// Bytes of one line of a record file. Above any Kafka record anybody configures, so that a
    /// record which is merely too large becomes a dead letter; beyond it the file is not one of lines.
    public static let lineBytesMax = 64 << 20
    /// Bytes asked of the system at once when streaming; larger gains nothing.
    public static let chunkBytes = 1 << 20
    /// Entries of a directory that is looked through; far more than anybody keeps beside each other.
    public static let directoryEntriesMax = 100_000
    /// Bytes a writer gathers before it asks the system to write.
    static let writeBufferBytes = 256 << 10
    /// Bytes of a lock file: an id and a few numbers.
    static let lockFileBytesMax = 4096
}
