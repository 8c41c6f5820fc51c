import ArkaModel
import PactPlugins

/// Where an answer is other than its function declares; never what it holds there.
struct ResultViolation: Sendable, Hashable {
    /// The place, such as `matches[0].score`; empty for the whole answer.
    var path: String
    /// What should stand there, such as `a number`.
    let expectation: String

    /// The violation as the one of a part with a name or an index.
    func within(_ step: String) -> ResultViolation {
        let rest = path.isEmpty || path.hasPrefix("[") ? path : "." + path
        return ResultViolation(path: step + rest, expectation: expectation)
    }
}

extension RecordSchema {
    /// The first place at which a value breaks the schema; `nil` if it keeps it.
    func violation(in value: PluginValue) -> ResultViolation? {
        guard case .constrained(let constraint) = self else { return nil }
        return constraint.violation(in: value)
    }
}

extension RecordSchema.Constraint {
    fileprivate func violation(in value: PluginValue) -> ResultViolation? {
        guard types.allows(value) else {
            return ResultViolation(path: "", expectation: types.expectation)
        }
        if let allowed, !allowed.contains(where: { $0.equals(value) }) {
            return ResultViolation(path: "", expectation: "one of the values of its `enum`")
        }
        switch value {
        case .null, .boolean, .number: return nil
        case .string(let text):
            guard isDateTime, !Self.isDateTime(text) else { return nil }
            return ResultViolation(path: "", expectation: "a date and time as in RFC 3339")
        case .array(let elements): return violation(inElements: elements)
        case .object(let members): return violation(inMembers: members)
        }
    }

    private func violation(inElements elements: [PluginValue]) -> ResultViolation? {
        if case .any = items { return nil }
        for (index, element) in elements.enumerated() {
            if let violation = items.violation(in: element) {
                return violation.within("[\(index)]")
            }
        }
        return nil
    }

    private func violation(inMembers members: [PluginValue.Member]) -> ResultViolation? {
        for property in properties {
            let name = property.name
            guard let member = members.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
            else {
                if property.isRequired {
                    return ResultViolation(path: name, expectation: "a value, which is required")
                }
                continue
            }
            if let violation = property.schema.violation(in: member.value) {
                return violation.within(name)
            }
        }
        return nil
    }

    /// A date alone is none.
    private static func isDateTime(_ text: String) -> Bool {
        text.utf8.count > 10 && Timestamp.seconds(text.utf8) != nil
    }
}

extension JSONTypes {
    fileprivate func allows(_ value: PluginValue) -> Bool {
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

    /// The types as people name them.
    fileprivate var expectation: String {
        let names: [(JSONTypes, String)] = [
            (.boolean, "true or false"), (.number, "a number"), (.integer, "a whole number"),
            (.string, "a string"), (.object, "an object"), (.array, "an array"), (.null, "null"),
        ]
        let allowed = names.filter { contains($0.0) }.map(\.1)
        let shown = contains(.number) ? allowed.filter { $0 != "a whole number" } : allowed
        return shown.isEmpty ? "nothing" : shown.joined(separator: " or ")
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
}
