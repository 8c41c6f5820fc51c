public import ArkaModel

/// What a validator answers. Rules read all of it: `x.valid`, `x.score`, `x.details`, `x.errors`,
/// `x.warnings`.
public struct ValidationResult: PluginResult, Hashable {
    /// Validators answer so.
    public static var kind: FunctionSignature.Kind { .validation }

    /// Whether what was validated is valid.
    public var valid: Bool
    /// How sure that is, 0 to 1. Rules read it as a decimal of at most 18 places.
    public var score: Double
    /// What was found; an object.
    public var details: PluginValue?
    /// What makes it invalid.
    public var errors: [String]?
    /// What is doubtful.
    public var warnings: [String]?

    /// Makes a result.
    public init(
        valid: Bool, score: Double = 1, details: PluginValue? = nil, errors: [String]? = nil,
        warnings: [String]? = nil
    ) {
        self.valid = valid
        self.score = score
        self.details = details
        self.errors = errors
        self.warnings = warnings
    }

    /// The result that an answer stands for. One without success has nothing that is valid: score 0,
    /// and the reason among the errors.
    public init(_ answer: FunctionAnswer) {
        guard answer.isSuccess, let result = try? ValidationResult(wire: answer.value) else {
            self.init(
                valid: false, score: 0, errors: [answer.error ?? "the answer is no validation"],
                warnings: answer.warnings.isEmpty ? nil : answer.warnings)
            return
        }
        self = result
    }

    /// A success whose value is the whole result: "invalid" is an answer, not a failure.
    public var answer: FunctionAnswer {
        FunctionAnswer(
            value: [
                "valid": .boolean(valid), "score": PluginValue(score), "details": details ?? [:],
                "errors": PluginValue(errors ?? []), "warnings": PluginValue(warnings ?? []),
            ], warnings: warnings ?? [])
    }

    /// Reads `valid`, `score`, `details`, `errors`, `warnings`.
    public init(wire: PluginValue) throws(ArgumentMismatch) {
        valid = try wire.read("valid")
        let exact: ExactDecimal = try wire.read("score", default: .one)
        score = Double(exact.description) ?? 0
        details = try wire.read("details")
        errors = try wire.read("errors")
        warnings = try wire.read("warnings")
    }

    /// The result with the names of the plugin guide.
    public var pluginValue: PluginValue {
        [
            "valid": .boolean(valid), "score": PluginValue(score), "details": details,
            "errors": errors.pluginValue, "warnings": warnings.pluginValue,
        ]
    }
}
