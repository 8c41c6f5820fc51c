public import ArkaModel

/// What an enrichment answers. Rules read ``enrichments``.
public struct EnrichmentResult: PluginResult, Hashable {
    /// Enrichments answer so.
    public static var kind: FunctionSignature.Kind { .enrichment }

    /// Whether it succeeded.
    public var success: Bool
    /// What is added to what is known; an object.
    public var enrichments: PluginValue
    /// What it warns of; shown with the decision.
    public var warnings: [String]?
    /// Why it did not succeed.
    public var error: String?

    /// Makes a result.
    public init(
        success: Bool = true, enrichments: PluginValue = [:], warnings: [String]? = nil,
        error: String? = nil
    ) {
        self.success = success
        self.enrichments = enrichments
        self.warnings = warnings
        self.error = error
    }

    /// The result that an answer stands for.
    public init(_ answer: FunctionAnswer) {
        self.init(
            success: answer.isSuccess, enrichments: answer.value,
            warnings: answer.warnings.isEmpty ? nil : answer.warnings, error: answer.error)
    }

    /// Success, enrichments, warnings and error.
    public var answer: FunctionAnswer {
        FunctionAnswer(
            isSuccess: success, value: enrichments, warnings: warnings ?? [], error: error)
    }

    /// Reads `success`, `enrichments`, `warnings`, `error`.
    public init(wire: PluginValue) throws(ArgumentMismatch) {
        success = try wire.read("success")
        enrichments = try wire.readObject("enrichments")
        warnings = try wire.read("warnings")
        error = try wire.read("error")
    }

    /// The result with the names of the plugin guide.
    public var pluginValue: PluginValue {
        [
            "success": .boolean(success), "enrichments": enrichments,
            "warnings": warnings.pluginValue, "error": error.pluginValue,
        ]
    }
}
