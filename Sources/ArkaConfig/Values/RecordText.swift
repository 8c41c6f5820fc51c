import ArkaDocuments
import ArkaJSON
public import ArkaModel
public import ArkaRules

/// Writes a YAML value as the JSON that ``RecordValue/init(_:)`` takes it for; numbers keep their
/// digits, members their order.
func jsonBytes(_ node: YAMLNode) -> [UInt8] {
    var json = JSONWriter()
    append(node, to: &json)
    return json.bytes
}

private func append(_ node: YAMLNode, to json: inout JSONWriter) {
    switch node.kind {
    case .scalar(let scalar):
        switch RecordValue(node) {
        case .string: json.string(scalar.text)
        case .null: json.null()
        default: json.word(scalar.text)
        }
    case .sequence(let items):
        json.beginArray()
        for item in items { append(item, to: &json) }
        json.endArray()
    case .mapping(let entries):
        json.beginObject()
        for entry in entries {
            json.name(entry.key)
            append(entry.value, to: &json)
        }
        json.endObject()
    }
}

/// Reads a record as the tree walk sees it.
/// - Parameter depthMax: Objects and arrays within each other; `nil` for as many as in a document.
/// - Returns: The record, or what is wrong with the text. A name that stands twice is no error here:
///   whether it is one is for the schema to say. Half of a surrogate pair is none either.
public func readRecord(_ source: SourceText, depthMax: Int? = nil) -> Loaded<RecordValue> {
    var limits = JSONLimits()
    limits.depthMax = depthMax ?? limits.depthMax
    let document = parseJSON(
        source, limits: limits, repeatedNames: .kept, loneSurrogates: .replaced)
    return Loaded(document.root.map { RecordValue($0) }, document.diagnostics)
}

extension RecordValue {
    /// Takes a JSON value as it is; marks what stands twice and what has no exact value.
    init(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number: self = node.exactDecimal.map { .number($0) } ?? .outOfRange
        case .string(let text): self = .string(Array(text.utf8))
        case .array(let elements): self = .array(elements.map { RecordValue($0) })
        case .object(let members):
            let pairs = members.map { (Array($0.name.utf8), RecordValue($0.value)) }
            self = .object(Dictionary(pairs) { _, _ in .duplicate })
        }
    }
}
