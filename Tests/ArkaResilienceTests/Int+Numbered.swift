@testable public import ArkaResilience

/// Tests number things by hand.
extension Int: Numbered {
    public var number: UInt64 { UInt64(truncatingIfNeeded: self) }
}
