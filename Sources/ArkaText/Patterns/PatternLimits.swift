/// The bounds of a pattern. Reaching one is a ``PatternFailure``, or a shape that stays general.
enum PatternLimits {
    /// Bytes of a pattern. A list of names as alternatives is better kept as a list.
    static let sourceBytesMax = 64 << 10
    /// Bytes that one compiled pattern may take with its caches. Beyond, RE2 searches without its
    /// state machine: slower, and still in linear time.
    static let memoryBytesMax: Int64 = 8 << 20
    /// Bytes or classes that a shape compares, repetitions written out.
    static let shapePositionsMax = 1_024
    /// Bytes of a text that is looked for by plain comparing, which may take as many comparisons
    /// for each byte searched. RE2 looks for longer ones.
    static let containedBytesMax = 64
}
