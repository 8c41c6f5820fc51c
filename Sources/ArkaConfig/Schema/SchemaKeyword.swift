/// What becomes of a keyword of JSON Schema 2020-12 in a record schema.
enum SchemaKeyword {
    /// Records are checked by it.
    case type, properties, required, `enum`, items, format
    /// Names the draft, which must be 2020-12.
    case draft
    /// `true` says nothing, anything else is not taken.
    case additionalProperties
    /// Says nothing about records.
    case annotation
    /// A keyword of JSON Schema, or of an older draft, that records are not checked by.
    case notTaken
    /// No keyword at all.
    case unknown

    init(_ name: String) {
        switch name {
        case "type": self = .type
        case "properties": self = .properties
        case "required": self = .required
        case "enum": self = .enum
        case "items": self = .items
        case "format": self = .format
        case "$schema": self = .draft
        case "additionalProperties": self = .additionalProperties
        default:
            self =
                Self.annotations.contains(name)
                ? .annotation : Self.others.contains(name) ? .notTaken : .unknown
        }
    }

    /// The keywords that records are checked by, for expectations.
    static let checked = ["type", "properties", "required", "enum", "items", "format"]

    /// Every keyword that is taken, for near names.
    static let taken = checked + ["additionalProperties", "$schema"] + annotations

    private static let annotations = [
        "title", "description", "$id", "$comment", "examples", "default", "deprecated", "readOnly",
        "writeOnly",
    ]

    private static let others: Set = [
        "$ref", "$defs", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "allOf",
        "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "prefixItems",
        "contains", "patternProperties", "propertyNames", "unevaluatedItems",
        "unevaluatedProperties", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
        "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems",
        "uniqueItems", "maxContains", "minContains", "maxProperties", "minProperties",
        "dependentRequired", "contentEncoding", "contentMediaType", "contentSchema", "definitions",
        "dependencies", "additionalItems", "$recursiveRef", "$recursiveAnchor", "id",
    ]
}
