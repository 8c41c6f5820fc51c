import ArkaModel

extension RecordSchema {
    private static func value(
        _ types: JSONTypes, allowed: [SchemaConstant]? = nil, isDateTime: Bool = false
    ) -> RecordSchema {
        .constrained(Constraint(types: types, allowed: allowed, isDateTime: isDateTime))
    }

    private static func object(_ properties: [Property], orNull: Bool = false) -> RecordSchema {
        .constrained(
            Constraint(types: orNull ? [.object, .null] : .object, properties: properties))
    }

    /// What the workload's messages look like, with every kind of constraint.
    static let workload = object([
        Property("id", isRequired: true, value(.string)),
        Property("timestamp", isRequired: true, value(.string, isDateTime: true)),
        Property("amount", isRequired: true, value(.number)),
        Property("currency", isRequired: true, value(.string)),
        Property(
            "channel", isRequired: false,
            value(
                [.string, .null],
                allowed: ["mobile", "web", "branch", "api", "pos", "atm", "phone"].map {
                    .string(Array($0.utf8))
                } + [.null])),
        Property(
            "sender", isRequired: true,
            object([
                Property("country", isRequired: true, value(.string)),
                Property("risk", isRequired: false, value([.integer, .null])),
            ])),
        Property(
            "customer", isRequired: false,
            object([
                Property("age_days", isRequired: true, value(.integer)),
                Property("pep", isRequired: false, value(.boolean)),
                Property(
                    "address", isRequired: false,
                    object([
                        Property("city", isRequired: true, .any)
                    ])),
            ])),
        Property(
            "merchant", isRequired: true,
            object([Property("mcc", isRequired: true, value(.string))], orNull: true)),
        Property(
            "metadata", isRequired: false,
            object([
                Property(
                    "tags", isRequired: false,
                    .constrained(Constraint(types: .array, items: value(.string)))),
                Property("velocity_1h", isRequired: false, value(.number, allowed: nil)),
            ])),
    ])
}
