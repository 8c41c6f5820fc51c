/// One call of a plugin's function by one transaction, as the call stage numbers them.
public struct CallID: Sendable, Hashable {
    /// The number; never used twice while the first one is pending.
    public let number: UInt64

    /// Wraps a number.
    public init(_ number: UInt64) {
        self.number = number
    }
}

/// What equal calls that are pending at the same time share.
public struct FlightID: Sendable, Hashable {
    /// Counts up; never used twice.
    public let number: UInt64
}
