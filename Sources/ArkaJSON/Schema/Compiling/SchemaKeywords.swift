/// The keywords of JSON Schema.
enum SchemaKeywords {
    /// Those that say nothing of values.
    static let annotations: Set = [
        "$comment", "title", "description", "default", "deprecated", "examples", "readOnly",
        "writeOnly", "contentEncoding", "contentMediaType",
    ]

    /// Those that values are held against, and those that name schemas.
    static let supported = [
        "$schema", "$id", "$ref", "$anchor", "$defs", "type", "enum", "const", "multipleOf",
        "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern",
        "format", "items", "prefixItems", "contains", "minContains", "maxContains", "minItems",
        "maxItems", "uniqueItems", "unevaluatedItems", "properties", "patternProperties",
        "additionalProperties", "propertyNames", "required", "minProperties", "maxProperties",
        "dependentRequired", "dependentSchemas", "unevaluatedProperties", "allOf", "anyOf", "oneOf",
        "not", "if", "then", "else", "contentSchema",
    ]

    /// Those that JSON Schema has and we have not, or had in other drafts, and what to write instead.
    static let unsupported: [String: String] = [
        "$dynamicRef": "'$ref'", "$dynamicAnchor": "'$anchor'",
        "$vocabulary": "nothing in its place",
        "$recursiveRef": "'$ref'", "$recursiveAnchor": "'$anchor'", "definitions": "'$defs'",
        "dependencies": "'dependentRequired' or 'dependentSchemas'",
        "additionalItems": "'prefixItems' and 'items'", "id": "'$id'",
        "nullable": "\"type\": [..., \"null\"]", "divisibleBy": "'multipleOf'",
    ]
}
