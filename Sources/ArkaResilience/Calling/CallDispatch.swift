/// One call of the plugin, of one item or a batch.
public struct CallDispatch: Sendable, Hashable {
    /// What it carries.
    public struct Item: Sendable, Hashable {
        /// A call that waits for it, whose arguments it takes.
        public let call: CallID
        /// The attempt, from 1.
        public let attempt: Int
    }

    /// Its name, for ``CallMachine/ended(_:with:at:into:)`` and ``CallAction/cancel(_:)``.
    public let id: DispatchID
    /// At least one; results come in this order.
    public let items: [Item]
    /// What to tell the plugin, so that it can give up in time. The machine keeps the time itself.
    public let deadline: Deadline
    /// Whether the breaker decides by it.
    public let isProbe: Bool
}

/// One call of the plugin.
public struct DispatchID: Sendable, Hashable {
    /// Counts up; never used twice.
    public let number: UInt64
}

/// What came of one item.
public enum CallResult<Answer: Sendable>: Sendable {
    /// The function answered and succeeded; `bytes` is what the answer takes in memory, roughly.
    case success(Answer, bytes: Int)
    /// It did not.
    case failure(CallFailure)
}

/// What came of one call of the plugin.
public enum DispatchResult<Answer: Sendable>: Sendable {
    /// A result for each item, in their order.
    case results([CallResult<Answer>])
    /// The call as a whole failed, and so did each item.
    case failed(CallFailure)
}
