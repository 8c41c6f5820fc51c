/// The bounds of this target.
public enum TelemetryLimits {
    /// Bytes of log lines that wait for the writer: some 5,000 lines, more than a burst of one
    /// rebalance, less than anybody would miss in memory.
    public static let logQueueBytes = 1 << 20
    /// Kinds of noise that are told apart.
    public static let noiseKinds = 64
    /// Series of a registry. A scrape of so many takes some 20 ms; more is a mistake in the labels.
    public static let series = 20_000
    /// Rules with a series of their own; the others share one.
    public static let rulesWithSeries = 10_000
    /// Bounds of a histogram, so that its cells fit one block.
    public static let histogramBounds = CellBlock.capacity - 2
}
