import ArkaModel
import PactPlugins
import Testing

@Suite struct PluginResultTests {
    /// Writes a result as JSON text and reads it again.
    private func throughJSON<Answer: PluginResult>(_ result: Answer) throws -> Answer {
        try Answer(wire: PluginValue(json: result.pluginValue.json))
    }

    // acceptance: S-42
    @Test func `a data source's result has the guide's fields and survives JSON`() throws {
        let full = DataSourceResult(
            success: true, data: ["a": 1.10], metadata: ["source": "x"], error: "e", cached: true,
            cacheExpires: 1_767_225_600_123)
        #expect(
            full.pluginValue.members.map(\.name) == [
                "success", "data", "metadata", "error", "cached", "cache_expires",
            ])
        #expect(full.pluginValue["cache_expires"] == "2026-01-01T00:00:00.123Z")
        #expect(try throughJSON(full) == full)
        let plain = DataSourceResult(data: [:])
        #expect(plain.cached == false && plain.metadata == nil && plain.cacheExpires == nil)
        #expect(try throughJSON(plain) == plain)
        for broken in [
            #"{"data":{}}"#, #"{"success":true,"data":[]}"#, #"{"success":true}"#,
            #"{"success":"yes","data":{}}"#, #"{"success":true,"data":{},"error":1}"#,
            #"{"success":true,"data":{},"cached":"yes"}"#,
            #"{"success":true,"data":{},"cache_expires":"tomorrow"}"#,
        ] {
            #expect(throws: ArgumentMismatch.self) {
                try DataSourceResult(wire: PluginValue(json: broken))
            }
        }
    }

    @Test func `an enrichment's result has the guide's fields and survives JSON`() throws {
        let full = EnrichmentResult(
            success: false, enrichments: ["a": 1], warnings: ["w"], error: "e")
        #expect(
            full.pluginValue.members.map(\.name) == ["success", "enrichments", "warnings", "error"])
        #expect(try throughJSON(full) == full)
        #expect(try throughJSON(EnrichmentResult()) == EnrichmentResult())
        #expect(full.answer.warnings == ["w"])
        #expect(throws: ArgumentMismatch.self) { try EnrichmentResult(wire: ["success": true]) }
    }

    // acceptance: S-44
    @Test func `an action's result has the guide's fields and survives JSON`() throws {
        let full = ActionResult(success: true, data: ["a": 1], error: "e", asyncTaskID: "t")
        #expect(
            full.pluginValue.members.map(\.name) == ["success", "data", "error", "async_task_id"])
        #expect(try throughJSON(full) == full)
        #expect(try throughJSON(ActionResult()) == ActionResult())
        for broken: PluginValue in [
            ["success": "yes"], [:], ["success": true, "error": 1],
            ["success": true, "async_task_id": 7],
        ] {
            #expect(throws: ArgumentMismatch.self) { try ActionResult(wire: broken) }
        }
    }

    // acceptance: S-45
    @Test func `a validator's result has the guide's fields and survives JSON`() throws {
        let full = ValidationResult(
            valid: false, score: 0.1 + 0.2, details: ["a": 1], errors: ["e"], warnings: ["w"])
        #expect(
            full.pluginValue.members.map(\.name) == [
                "valid", "score", "details", "errors", "warnings",
            ])
        #expect(try throughJSON(full) == full)
        #expect(try throughJSON(ValidationResult(valid: true)) == ValidationResult(valid: true))
        #expect(try ValidationResult(wire: ["valid": true]).score == 1)
        for broken: PluginValue in [
            ["score": 1], ["valid": "yes"], ["valid": true, "score": "high"],
            ["valid": true, "errors": "e"], ["valid": true, "warnings": [1]],
        ] {
            #expect(throws: ArgumentMismatch.self) { try ValidationResult(wire: broken) }
        }
    }

    @Test func `rules read the data, the enrichments, and all of a validation`() {
        #expect(DataSourceResult(data: ["a": 1]).answer.value == ["a": 1])
        #expect(EnrichmentResult(enrichments: ["b": 2]).answer.value == ["b": 2])
        let invalid = ValidationResult(valid: false, score: 0.2, errors: ["forged"]).answer
        #expect(invalid.isSuccess)
        #expect(
            invalid.value
                == [
                    "valid": false, "score": 0.2, "details": [:], "errors": ["forged"],
                    "warnings": [],
                ])
    }

    @Test func `results come back from the answers that they become`() {
        let source = DataSourceResult(success: false, metadata: ["v": 1], error: "e")
        #expect(DataSourceResult(source.answer) == source)
        let enrichment = EnrichmentResult(enrichments: ["a": 1], warnings: ["w"])
        #expect(EnrichmentResult(enrichment.answer) == enrichment)
        let action = ActionResult(data: ["a": 1], asyncTaskID: "t")
        #expect(ActionResult(action.answer) == action)
        let validation = ValidationResult(
            valid: true, score: 0.9, details: ["a": 1], errors: [], warnings: ["w"])
        #expect(ValidationResult(validation.answer) == validation)
    }

    @Test func `rules may rely on every field of a validation`() {
        guard case .constrained(let constraint) = ValidationResult.schema else {
            Issue.record("the schema of a validation says nothing")
            return
        }
        #expect(constraint.properties.map(\.isRequired) == [true, true, true, true, true])
        #expect(
            constraint.properties.map(\.name)
                == ValidationResult(valid: true).answer.value.members.map(\.name))
    }

    @Test func `a failed validation is never valid`() {
        let result = ValidationResult.failure("the service is away")
        #expect(!result.valid && result.score == 0 && result.errors == ["the service is away"])
    }
}
