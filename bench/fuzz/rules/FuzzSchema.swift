import ArkaModel
import ArkaRules

/// What the fuzzed rules are checked against: small, with every type.
enum FuzzSchema {
    static let record = object([
        .init("id", isRequired: true, of(.string)),
        .init("amount", isRequired: true, of(.number)),
        .init("at", isRequired: true, of(.string, isDateTime: true)),
        .init("new", isRequired: true, of(.boolean)),
        .init("note", isRequired: false, of([.string, .null])),
        .init("tags", isRequired: true, of(.array)),
        .init("customer", isRequired: true, object([.init("id", isRequired: true, of(.string))])),
    ])

    static let functions = FunctionTable([
        FunctionSignature(
            plugin: "p", name: "f", kind: .dataSource,
            parameters: [.init("a", of(.string)), .init("b", of(.number), isRequired: false)],
            result: object([
                .init("hit", isRequired: true, of(.boolean)),
                .init("score", isRequired: false, of(.number)),
            ])),
        FunctionSignature(plugin: "p", name: "act", kind: .action, parameters: [.init("m")]),
    ])

    static let transaction: RecordValue = [
        "id": "x", "amount": 12, "at": "2026-01-31T12:00:00Z", "new": true, "note": nil,
        "tags": ["a", 1, true, nil], "customer": ["id": "c"],
    ]

    private static func of(_ types: JSONTypes, isDateTime: Bool = false) -> RecordSchema {
        .constrained(.init(types: types, isDateTime: isDateTime))
    }

    private static func object(_ properties: [RecordSchema.Property]) -> RecordSchema {
        .constrained(.init(types: .object, properties: properties))
    }
}
