public import ArkaModel

extension RecordSchema {
    /// An object with named properties, one of optional type being one that may be missing:
    /// `.fields(["is_sanctioned": Bool.self, "matches": [PluginValue].self])`.
    public static func fields(
        _ properties: KeyValuePairs<String, any PluginArgument.Type>
    ) -> RecordSchema {
        .constrained(
            Constraint(
                types: .object,
                properties: properties.map { name, type in
                    Property(name, isRequired: !type.mayBeMissing, type.schema)
                }))
    }

    /// What is wrong with a value; `nil` if it is as the schema says. Dates are not looked into.
    func mismatch(of value: PluginValue) -> ArgumentMismatch? {
        guard case .constrained(let constraint) = self else { return nil }
        if !constraint.types.holds(value) {
            return ArgumentMismatch(expected: described, found: value)
        }
        if let allowed = constraint.allowed,
            !allowed.contains(where: { $0 == value.schemaConstant })
        {
            return ArgumentMismatch(
                expected: "one of \(allowed.map(\.shownText))", found: "another value")
        }
        for (index, element) in value.elements.enumerated() {
            if let mismatch = constraint.items.mismatch(of: element) {
                return mismatch.below(.index(index))
            }
        }
        guard case .object = value else { return nil }
        for property in constraint.properties {
            if let mismatch = property.mismatch(in: value) {
                return mismatch.below(.name(property.name))
            }
        }
        return nil
    }
}

extension RecordSchema.Property {
    fileprivate func mismatch(in object: PluginValue) -> ArgumentMismatch? {
        guard let value = object[name] else {
            return isRequired
                ? ArgumentMismatch(expected: schema.described, found: "missing") : nil
        }
        return schema.mismatch(of: value)
    }
}

extension JSONTypes {
    fileprivate func holds(_ value: PluginValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .boolean: contains(.boolean)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        case .number(let number):
            contains(.number)
                || contains(.integer) && number.scaled % ExactDecimal.one.scaled == 0
        }
    }
}

extension SchemaConstant {
    fileprivate var shownText: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let value): value.description
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
