/// How a lane evaluates; nothing here changes which rules fire.
public struct EvaluationOptions: Sendable, Hashable {
    /// Whether `evaluated_at` is the event time, so that equal input gives equal bytes. A record
    /// without an event time then gets no `evaluated_at`.
    public var deterministic: Bool
    /// Which instructions to use; `nil` takes the fastest that the machine has. One that it does not
    /// have is replaced by the fastest that it has.
    public var kernels: KernelPath?
    /// Bytes that a decision may have; a record whose decision is larger is a dead letter.
    public var decisionBytesMax: Int
    /// Whether rules are looked up by the values that a batch has; `nil` decides by the size of the
    /// book.
    public var isIndexed: Bool?

    /// Makes options; the defaults are those of production.
    public init(
        deterministic: Bool = false, kernels: KernelPath? = nil,
        decisionBytesMax: Int = Limits.decisionBytesMax, isIndexed: Bool? = nil
    ) {
        self.deterministic = deterministic
        self.kernels = kernels
        self.decisionBytesMax = decisionBytesMax
        self.isIndexed = isIndexed
    }
}
