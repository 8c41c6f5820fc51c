/// Which of some numbers.
public enum Extreme: String, Sendable, Hashable {
    /// The smallest.
    case min
    /// The largest.
    case max
}
