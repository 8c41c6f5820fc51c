import ArkaModel
import ArkaRules

/// What the tests check rules against.
enum Payments {
    /// A payment with fields of every kind: required, optional, nullable, nested, untyped.
    static let layout = RecordLayout(schema: schema)
    /// The same records without a schema.
    static let untyped = RecordLayout()

    private static let schema = object([
        property("id", .string), property("amount", .number), property("count", .integer),
        RecordSchema.Property(
            "currency", isRequired: true,
            .constrained(
                .init(
                    types: .string,
                    allowed: ["EUR", "USD", "GBP"].map { .string(Array($0.utf8)) }))),
        property("fee", .number, isRequired: false), property("note", [.string, .null]),
        property("channel", .string), property("recurring", .boolean),
        property("new_device", .boolean, isRequired: false), property("tags", .array),
        array("labels", .string), array("scores", .number),
        RecordSchema.Property("created_at", isRequired: true, dateTime),
        RecordSchema.Property("settled_at", isRequired: false, dateTime),
        RecordSchema.Property(
            "items", isRequired: true,
            .constrained(
                .init(
                    types: .array,
                    items: object([property("price", .number), property("sku", .string)])))),
        property("reference", [.string, .integer]),
        RecordSchema.Property("metadata", isRequired: true, .any),
        RecordSchema.Property(
            "merchant", isRequired: false,
            object([
                property("country", .string), property("mcc", .string),
                property("name", .string, isRequired: false),
            ])),
        RecordSchema.Property(
            "customer", isRequired: true,
            object([
                property("id", .string), property("country", .string),
                property("age_days", .integer), property("pep", .boolean),
                property("risk_score", .number, isRequired: false),
                RecordSchema.Property(
                    "address", isRequired: true, object([property("country", .string)])),
            ])),
    ])

    private static let dateTime = RecordSchema.constrained(.init(types: .string, isDateTime: true))

    private static func array(_ name: String, _ items: JSONTypes) -> RecordSchema.Property {
        .init(
            name, isRequired: true,
            .constrained(.init(types: .array, items: .constrained(.init(types: items)))))
    }

    static func object(_ properties: [RecordSchema.Property]) -> RecordSchema {
        .constrained(.init(types: .object, properties: properties))
    }

    static func property(
        _ name: String, _ types: JSONTypes, isRequired: Bool = true
    ) -> RecordSchema.Property {
        .init(name, isRequired: isRequired, .constrained(.init(types: types)))
    }
}

/// Compiles one text.
func compile(
    _ text: String, _ layout: RecordLayout = Payments.layout, onUnknown: OnUnknown? = nil
) -> CompiledRules {
    compileRules(
        [SourceText(name: "test.pact", text: text)], Payments.inputs(layout, onUnknown: onUnknown))
}

/// A rule with these lines in `when`.
func rule(
    _ condition: String, name: String = "r", attributes: String = "",
    then action: String = "flag_for_review()"
) -> String {
    "rule \(name)\(attributes) {\n when {\n\(condition)\n }\n then {\n  \(action)\n }\n}\n"
}
