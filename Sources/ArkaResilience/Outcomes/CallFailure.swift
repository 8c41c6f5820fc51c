/// How one attempt failed.
public struct CallFailure: Error, Hashable {
    /// The kind.
    public let kind: FailureKind
    /// The code that the function gave its result, where it gave one.
    public let code: String?
    /// What happened, for people: the function's own words, or ours about the deadline.
    public let message: String
    /// The deadline that was missed, for ``FailureKind/timedOut``.
    public let deadline: Deadline?
    /// Whether another attempt may fare better. One that may not is never made, whatever the policy
    /// of retries says, and with ``OutagePolicy/hold`` too.
    public let isRetryable: Bool

    /// Describes a failure that the function or its host reported.
    /// - Parameters:
    ///   - kind: The kind.
    ///   - code: The code that the function gave its result, if any.
    ///   - message: What happened, for people.
    ///   - isRetryable: Whether another attempt may fare better; refused input stays refused.
    public init(
        _ kind: FailureKind, code: String? = nil, message: String, isRetryable: Bool = true
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        deadline = nil
        self.isRetryable = isRetryable && kind != .inputRefused
    }

    /// Describes a deadline that was missed.
    init(missed deadline: Deadline, function: String) {
        kind = .timedOut
        code = nil
        message = deadline.text(function: function)
        self.deadline = deadline
        isRetryable = true
    }
}
