/// One call of a function, with everything that it is given.
public struct FunctionCall: Sendable {
    /// The arguments in the order of the parameters; `nil` where neither the rule nor a default says
    /// anything.
    public let arguments: [PluginValue?]
    /// Who asks; for tracing, not for deciding: equal calls share one answer.
    public let context: PluginContext
    /// How long the answer is waited for; after that it is dropped and the task is cancelled.
    public let timeLeft: Duration

    /// Makes a call.
    public init(arguments: [PluginValue?], context: PluginContext, timeLeft: Duration) {
        self.arguments = arguments
        self.context = context
        self.timeLeft = timeLeft
    }
}

/// What a function answered, whatever its kind.
public struct FunctionAnswer: Sendable, Hashable {
    /// Whether it succeeded; if not, what rules read of it is unknown.
    public var isSuccess: Bool
    /// What rules read.
    public var value: PluginValue
    /// What it says besides, such as source and version; not for rules.
    public var metadata: PluginValue?
    /// What it warns of.
    public var warnings: [String]
    /// Why it did not succeed.
    public var error: String?
    /// Whether another attempt may succeed where this one did not; bad input stays bad.
    public var isRetryable: Bool
    /// Whether it did not succeed because of its input, and nothing outside was asked for it. Such an
    /// answer is not tried again, and does not count as a failure of the service behind the function.
    public var isInputRefused: Bool

    /// Makes an answer.
    public init(
        isSuccess: Bool = true, value: PluginValue = .object([]), metadata: PluginValue? = nil,
        warnings: [String] = [], error: String? = nil, isRetryable: Bool = true,
        isInputRefused: Bool = false
    ) {
        self.isSuccess = isSuccess
        self.value = value
        self.metadata = metadata
        self.warnings = warnings
        self.error = error
        self.isRetryable = isRetryable
        self.isInputRefused = isInputRefused
    }
}
