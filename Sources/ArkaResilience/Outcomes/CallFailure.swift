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

    /// Describes a failure that the function or its host reported.
    public init(_ kind: FailureKind, code: String? = nil, message: String) {
        self.kind = kind
        self.code = code
        self.message = message
        deadline = nil
    }

    /// Describes a deadline that was missed.
    init(missed deadline: Deadline, function: String) {
        kind = .timedOut
        code = nil
        message = deadline.text(function: function)
        self.deadline = deadline
    }
}
