/// What it costs to check and plan a large rule book, and what it may cost (DESIGN 10).
struct RuleBookCost: Sendable {
    /// User and kernel time, at most.
    static let cpuSecondsMax = 1.0
    /// Memory beside the texts, at most.
    static let peakBytesMax = 50 << 20

    let rules: Int
    let textBytes: Int
    let predicates: Int
    /// User and kernel time of the process from the texts to the book.
    let cpuSeconds: Double
    /// What the process grew by at its largest, over what it had with the texts alone.
    let peakBytes: Int

    /// Whether both bounds are held.
    var isHeld: Bool { cpuSeconds <= Self.cpuSecondsMax && peakBytes <= Self.peakBytesMax }
}
