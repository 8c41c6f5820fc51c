import ArkaJSON
import ArkaModel
import Testing

/// Reads a schema that must be sound.
func schema(
    _ text: String, formats: JSONSchema.Formats = .checked, limits: SchemaLimits = SchemaLimits()
) throws -> JSONSchema {
    let reading = JSONSchema.read(
        SourceText(name: "schema.json", text: text), formats: formats, limits: limits)
    return try #require(reading.schema, "\(reading.diagnostics.map { $0.rendered() })")
}

/// What is wrong with a schema that is not sound.
func refusals(of text: String, limits: SchemaLimits = SchemaLimits()) -> [Diagnostic] {
    JSONSchema.read(SourceText(name: "schema.json", text: text), limits: limits).diagnostics
}

/// What is wrong with a value, given as JSON.
func problems(_ schema: JSONSchema, _ json: String) throws -> [SchemaProblem] {
    let document = parseJSON(SourceText(name: "value.json", text: json))
    return schema.problems(in: try #require(document.root))
}

/// Whether a value, given as JSON, is as a schema says.
func accepts(_ schema: JSONSchema, _ json: String) throws -> Bool {
    let document = parseJSON(SourceText(name: "value.json", text: json))
    return schema.accepts(JSONInstance(try #require(document.root)))
}
