/// An answer out of the result cache.
@frozen public struct CacheHit<Value> {
    /// What was stored; it may well be empty.
    public let value: Value
    /// Time since it was stored.
    public let age: Duration
    /// Time until it is too old.
    public let timeLeft: Duration

    @inlinable init(value: Value, age: Duration, timeLeft: Duration) {
        self.value = value
        self.age = age
        self.timeLeft = timeLeft
    }
}

extension CacheHit: Sendable where Value: Sendable {}
