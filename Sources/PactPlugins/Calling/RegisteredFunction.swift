public import ArkaModel

/// A plugin's function as the engine sees it: what it takes and answers, how it may be called, and
/// the code. The registration DSL makes it; dispatch, the rule checker and documentation use it.
public struct RegisteredFunction: Sendable {
    /// The code.
    public enum Form: Sendable {
        /// Answers from memory at once, on the thread that decides: no I/O, no waiting, microseconds.
        case immediate(@Sendable (FunctionCall) throws -> FunctionAnswer)
        /// Answers up to `itemsMax` calls from memory at once, in their order, one result each, on the
        /// thread that decides: no I/O, no waiting, microseconds for all of them.
        case immediateBatch(
            itemsMax: Int, @Sendable ([FunctionCall]) throws -> [Result<FunctionAnswer, any Error>])
        /// Answers one call.
        case single(@Sendable (FunctionCall) async throws -> FunctionAnswer)
        /// Answers up to `itemsMax` calls at once, in their order, one result each.
        case batch(
            itemsMax: Int,
            @Sendable ([FunctionCall]) async throws -> [Result<FunctionAnswer, any Error>])
    }

    /// What it takes and answers.
    public let signature: FunctionSignature
    /// How it may be called.
    public let settings: FunctionSettings
    /// The code.
    public let form: Form
    /// What each parameter means, in their order; empty texts where nothing is said.
    public let parameterSummaries: [String]

    /// Registers a function.
    public init(
        _ signature: FunctionSignature, _ settings: FunctionSettings, _ form: Form,
        parameterSummaries: [String]? = nil
    ) {
        self.signature = signature
        self.settings = settings
        self.form = form
        self.parameterSummaries =
            parameterSummaries ?? signature.parameters.map { _ in "" }
    }
}

extension RegisteredFunction.Form {
    /// Calls that the code takes at once.
    public var itemsMax: Int {
        switch self {
        case .immediate, .single: 1
        case .immediateBatch(let itemsMax, _), .batch(let itemsMax, _): itemsMax
        }
    }

    /// Whether it answers on the thread that asks.
    public var isImmediate: Bool {
        switch self {
        case .immediate, .immediateBatch: true
        case .single, .batch: false
        }
    }
}

/// What a function's author says of how it may be called; configuration can make it stricter.
public struct FunctionSettings: Sendable, Hashable {
    /// The parameters that make up the cache key; `nil` for all of them.
    public var cacheKey: [String]?
    /// How long an answer may be kept; zero for not at all.
    public var cacheTTL: Duration
    /// How long one attempt may take.
    public var timeout: Duration
    /// Whether a caller waits for the outcome; actions only.
    public var isAsynchronous: Bool
    /// Whether a failed attempt is repeated.
    public var retriesOnFailure: Bool
    /// Attempts in all, the first included, of a function that is repeated.
    public var attemptsMax: Int
    /// Attempts in all, the first included.
    public var attempts: Int { retriesOnFailure ? attemptsMax : 1 }

    /// Makes settings; the defaults are those of the plugin guide.
    public init(
        cacheKey: [String]? = nil, cacheTTL: Duration = .zero, timeout: Duration = .seconds(30),
        isAsynchronous: Bool = false, retriesOnFailure: Bool = false, attemptsMax: Int = 1
    ) {
        self.cacheKey = cacheKey
        self.cacheTTL = cacheTTL
        self.timeout = timeout
        self.isAsynchronous = isAsynchronous
        self.retriesOnFailure = retriesOnFailure
        self.attemptsMax = attemptsMax
    }
}
