import ArkaJSON
public import ArkaModel

/// Reads the JSON Schema of a topology's records.
///
/// The part of 2020-12 that records are checked by is taken: `type`, `properties`, `required`,
/// `enum` of single values, `items`, `format: date-time`. Annotations are passed over. Every other
/// keyword is refused by its name: a check that is written and not made would be worse than none.
/// - Returns: The schema, or everything that is wrong with it.
public func readRecordSchema(_ source: SourceText) -> Loaded<RecordSchema> {
    let document = parseJSON(source)
    guard let root = document.root else { return Loaded(nil, document.diagnostics) }
    var reader = RecordSchemaReader(source: source)
    let schema = reader.schema(root)
    if case .constrained(let constraint) = schema, !constraint.types.contains(.object) {
        reader.report(
            .schemaNoObject, "no record is an object by this schema", expected: "'object'", root)
    }
    return Loaded(schema, reader.diagnostics)
}
