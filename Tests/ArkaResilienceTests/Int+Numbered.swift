@testable public import ArkaResilience

/// Tests number things by hand.
extension Int: Numbered {
    /// Itself.
    public var number: UInt64 { UInt64(truncatingIfNeeded: self) }
}
