/// How long a function's calls took, counted in fixed classes.
public struct LatencyHistogram: Sendable, Hashable {
    /// The upper ends of the classes, inclusive; one more class holds what took longer. From what a
    /// lookup in memory takes to the time limit that a function has by default.
    public static let bounds: [Duration] = [
        .microseconds(100), .microseconds(250), .microseconds(500), .milliseconds(1),
        .microseconds(2500), .milliseconds(5), .milliseconds(10), .milliseconds(25),
        .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500),
        .seconds(1), .milliseconds(2500), .seconds(5), .seconds(10), .seconds(30),
    ]

    /// Calls per class, not summed up; one more than ``bounds``.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// The time of all calls together.
    public private(set) var sum = Duration.zero

    /// Starts at zero.
    public init() {}

    /// All calls.
    public var count: Int { counts.reduce(0, +) }

    mutating func observe(_ time: Duration) {
        let place = Self.bounds.firstIndex { time <= $0 } ?? Self.bounds.count
        counts[place] += 1
        sum += time
    }
}
