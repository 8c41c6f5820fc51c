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

    /// The first place at which a value is other than the schema says; `nil` if it is as it says.
    ///
    /// Arguments and answers are both held against what is declared by this, so rules may rely on the
    /// types that they were checked against. Members that no property names may be anything.
    /// - Returns: The place, what was expected there and what came, as its kind and never its value.
    public func mismatch(of value: PluginValue) -> ArgumentMismatch? {
        guard case .constrained(let constraint) = self else { return nil }
        if !constraint.types.holds(value) {
            let isFraction = value.number != nil && constraint.types.contains(.integer)
            return ArgumentMismatch(
                expected: described,
                found: isFraction ? "a number with a fraction" : value.kindName)
        }
        if let allowed = constraint.allowed, !allowed.contains(where: { $0.equals(value) }) {
            return ArgumentMismatch(
                expected: "one of \(allowed.map(\.shownText))", found: "another value")
        }
        switch value {
        case .null, .boolean, .number: return nil
        case .string(let text):
            guard constraint.isDateTime, !text.isDateTime else { return nil }
            return ArgumentMismatch(
                expected: "a date and time as in RFC 3339", found: "another text")
        case .array(let elements): return constraint.items.mismatch(ofElements: elements)
        case .object:
            for property in constraint.properties {
                if let mismatch = property.mismatch(in: value) {
                    return mismatch.below(.name(property.name))
                }
            }
            return nil
        }
    }

    private func mismatch(ofElements elements: [PluginValue]) -> ArgumentMismatch? {
        if case .any = self { return nil }
        for (index, element) in elements.enumerated() {
            if let mismatch = mismatch(of: element) { return mismatch.below(.index(index)) }
        }
        return nil
    }
}

extension RecordSchema.Property {
    fileprivate func mismatch(in object: PluginValue) -> ArgumentMismatch? {
        if let value = object[name] { return schema.mismatch(of: value) }
        return isRequired ? ArgumentMismatch(expected: schema.described, found: "missing") : nil
    }
}

extension String {
    /// Whether it is a date with a time; a date alone is none.
    fileprivate var isDateTime: Bool { utf8.count > 10 && Timestamp.seconds(utf8) != nil }
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
    fileprivate func equals(_ value: PluginValue) -> Bool {
        switch (self, value) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let bytes), .string(let text)): bytes.elementsEqual(text.utf8)
        default: false
        }
    }

    fileprivate var shownText: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let value): value.description
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
