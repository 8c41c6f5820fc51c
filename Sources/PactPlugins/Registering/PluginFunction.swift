public import ArkaModel

/// Declares a function that fetches data from outside; rules call it in `when`.
public typealias DataSource = PluginFunction<DataSourceResult>
/// Declares a function that adds to what is known of a transaction; rules call it in `when`.
public typealias Enrichment = PluginFunction<EnrichmentResult>
/// Declares a function that judges; rules call it in `when`.
public typealias Validator = PluginFunction<ValidationResult>
/// Declares a function that acts outside; rules call it in `then`.
public typealias Action = PluginFunction<ActionResult>

/// A function of a plugin: what it is called, what it takes, how it may be called, and its code.
///
/// The code has one of four forms: `answer` for one call, `answerAll` for many at once, and
/// `answerAtOnce` and `answerAllAtOnce` for what is in memory, which the engine runs on the thread that
/// decides.
public struct PluginFunction<Answer: PluginResult>: Sendable {
    let declared: DeclaredFunction
}

extension PluginFunction where Answer: AskedResult {
    /// Declares a function that answers one call.
    /// - Parameters:
    ///   - name: What rules call it, in snake_case.
    ///   - summary: What it does, in a sentence.
    ///   - cacheKey: The parameters that decide the answer; `nil` for all of them. Calls that differ
    ///     only in others share one answer.
    ///   - cacheTTL: How long a successful answer may be kept; zero for not at all.
    ///   - timeout: How long one call may take.
    ///   - result: What rules see of the answer; one that breaks it counts as a failure.
    ///   - validator: What the parameters must be besides their types.
    ///   - inputSchema: What the arguments must be, as a JSON Schema (2020-12) of one object with a member
    ///     for each; an optional one that is `null` is not there. Bad input is refused before the call.
    ///   - parameters: The parameters in their order, and ``Context`` where the code wants it.
    ///   - answer: The code; cancelled when the time is over.
    public init<Input>(
        _ name: String, _ summary: String = "", cacheKey: [String]? = nil,
        cacheTTL: Duration = .zero, timeout: Duration = .seconds(30),
        result: RecordSchema = Answer.schema, validating validator: InputValidator = [:],
        inputSchema: String? = nil,
        @ParameterListBuilder parameters: () -> ParameterList<Input>,
        answer: @escaping @Sendable (Input) async throws -> Answer
    ) {
        let settings = FunctionSettings(cacheKey: cacheKey, cacheTTL: cacheTTL, timeout: timeout)
        let body = FunctionBody(parameters(), validator, inputSchema, result)
        declared = body.declare(name, summary, settings, Answer.kind, body.single(answer))
    }

    /// Declares a function that answers many calls at once, one result for each, in their order. An
    /// error fails all of them. The rest is as above.
    /// - Parameter itemsMax: How many calls it takes at once.
    public init<Input>(
        _ name: String, _ summary: String = "", cacheKey: [String]? = nil,
        cacheTTL: Duration = .zero, timeout: Duration = .seconds(30),
        result: RecordSchema = Answer.schema, validating validator: InputValidator = [:],
        inputSchema: String? = nil,
        itemsMax: Int, @ParameterListBuilder parameters: () -> ParameterList<Input>,
        answerAll: @escaping @Sendable ([Input]) async throws -> [Answer]
    ) {
        let settings = FunctionSettings(cacheKey: cacheKey, cacheTTL: cacheTTL, timeout: timeout)
        let body = FunctionBody(parameters(), validator, inputSchema, result)
        declared = body.declare(
            name, summary, settings, Answer.kind, body.batch(itemsMax: itemsMax, answerAll))
    }

    /// Declares a function that answers from memory within microseconds, without waiting for anything.
    /// The rest is as above; there is nothing to cache and no time to limit.
    public init<Input>(
        _ name: String, _ summary: String = "", result: RecordSchema = Answer.schema,
        validating validator: InputValidator = [:], inputSchema: String? = nil,
        @ParameterListBuilder parameters: () -> ParameterList<Input>,
        answerAtOnce: @escaping @Sendable (Input) throws -> Answer
    ) {
        let body = FunctionBody(parameters(), validator, inputSchema, result)
        declared = body.declare(
            name, summary, FunctionSettings(), Answer.kind, body.immediate(answerAtOnce))
    }
}

extension PluginFunction where Answer: AskedResult {
    /// Declares a function that answers many calls at once from memory, within microseconds for all of
    /// them and without waiting for anything: one result for each, in their order. An error fails all
    /// of them. The rest is as above.
    /// - Parameter itemsMax: How many calls it takes at once; 256 are all of a batch.
    public init<Input>(
        _ name: String, _ summary: String = "", result: RecordSchema = Answer.schema,
        validating validator: InputValidator = [:], inputSchema: String? = nil, itemsMax: Int,
        @ParameterListBuilder parameters: () -> ParameterList<Input>,
        answerAllAtOnce: @escaping @Sendable ([Input]) throws -> [Answer]
    ) {
        let body = FunctionBody(parameters(), validator, inputSchema, result)
        declared = body.declare(
            name, summary, FunctionSettings(), Answer.kind,
            body.immediateBatch(itemsMax: itemsMax, answerAllAtOnce))
    }
}

extension PluginFunction where Answer == ActionResult {
    /// Declares an action.
    /// - Parameters:
    ///   - name: What rules call it, in snake_case.
    ///   - summary: What it does, in a sentence.
    ///   - asyncExecution: Whether it is queued, so that nobody waits for its outcome.
    ///   - retryOnFailure: Whether an attempt that throws, or answers without success, is repeated; bad
    ///     input, and a ``PluginError`` that says so, are not.
    ///   - maxRetries: Attempts in all, the first included.
    ///   - timeout: How long one attempt may take.
    ///   - validator: What the parameters must be besides their types.
    ///   - inputSchema: What the arguments must be, as a JSON Schema (2020-12) of one object with a member
    ///     for each; an optional one that is `null` is not there. Bad input is refused before the call.
    ///   - parameters: The parameters in their order, and ``Context`` where the code wants it.
    ///   - answer: The code. An attempt whose answer got lost is repeated too: the context's
    ///     idempotency key tells attempts of one action from other actions.
    public init<Input>(
        _ name: String, _ summary: String = "", asyncExecution: Bool = false,
        retryOnFailure: Bool = true, maxRetries: Int = 3, timeout: Duration = .seconds(30),
        validating validator: InputValidator = [:], inputSchema: String? = nil,
        @ParameterListBuilder parameters: () -> ParameterList<Input>,
        answer: @escaping @Sendable (Input) async throws -> ActionResult
    ) {
        let settings = FunctionSettings(
            timeout: timeout, isAsynchronous: asyncExecution, retriesOnFailure: retryOnFailure,
            attemptsMax: maxRetries)
        let body = FunctionBody(parameters(), validator, inputSchema, .any)
        declared = body.declare(name, summary, settings, .action, body.single(answer))
    }
}

/// What a function that rules ask answers.
public protocol AskedResult: PluginResult {
    /// What rules see of every answer of this kind.
    static var schema: RecordSchema { get }
}

extension DataSourceResult: AskedResult {
    /// Whatever the plugin finds.
    public static var schema: RecordSchema { .any }
}

extension EnrichmentResult: AskedResult {
    /// Whatever the plugin knows.
    public static var schema: RecordSchema { .any }
}

extension ValidationResult: AskedResult {
    /// The same fields for all validators; only the details are the plugin's own.
    public static var schema: RecordSchema {
        .fields([
            "valid": Bool.self, "score": ExactDecimal.self, "details": PluginValue.self,
            "errors": [String].self, "warnings": [String].self,
        ])
    }
}
