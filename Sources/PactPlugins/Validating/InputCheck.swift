public import ArkaModel

/// One thing that a parameter must be besides its type. A value that is missing or `null` passes.
public struct InputCheck: Sendable, Hashable {
    enum Kind: Hashable {
        case nonEmpty
        case length(ClosedRange<Int>)
        case oneOf([PluginValue])
        case range(ClosedRange<ExactDecimal>)
    }

    let kind: Kind

    /// A text, list or object that holds something.
    public static let nonEmpty = InputCheck(kind: .nonEmpty)

    /// A text of so many characters (Unicode scalars, as JSON Schema counts), or a list of so many
    /// elements.
    public static func length(_ range: ClosedRange<Int>) -> InputCheck {
        InputCheck(kind: .length(range))
    }

    /// One of some values; of a list, each element.
    public static func oneOf(_ values: [PluginValue]) -> InputCheck {
        InputCheck(kind: .oneOf(values))
    }

    /// A whole number within bounds, both included.
    public static func range(_ range: ClosedRange<Int>) -> InputCheck {
        self.range(ExactDecimal(Int64(range.lowerBound))...ExactDecimal(Int64(range.upperBound)))
    }

    /// A number within bounds, both included.
    public static func range(_ range: ClosedRange<ExactDecimal>) -> InputCheck {
        InputCheck(kind: .range(range))
    }

    /// What is wrong with a value, without the value itself: it may be personal. `nil` if nothing is.
    func problem(with value: PluginValue, named name: String) -> String? {
        if value == .null { return nil }
        switch kind {
        case .nonEmpty:
            return Self.length(of: value) == 0 ? "\(name) must not be empty" : nil
        case .length(let range):
            guard let length = Self.length(of: value), !range.contains(length) else { return nil }
            return "\(name) must have \(range.lowerBound) to \(range.upperBound) "
                + "\(value.text == nil ? "elements" : "characters"), not \(length)"
        case .oneOf(let allowed):
            if case .array(let elements) = value {
                guard elements.contains(where: { !Self.holds(allowed, $0) }) else { return nil }
                return "each of \(name) must be one of \(Self.shown(allowed))"
            }
            return Self.holds(allowed, value)
                ? nil : "\(name) must be one of \(Self.shown(allowed))"
        case .range(let range):
            guard let number = value.number, !range.contains(number) else { return nil }
            return "\(name) must be from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// The schema with what this check says of it, so that rules are checked against it too.
    func narrowed(_ schema: RecordSchema) -> RecordSchema {
        guard case .oneOf(let values) = kind, case .constrained(var constraint) = schema else {
            return schema
        }
        if constraint.types.contains(.array) {
            constraint.items = narrowed(constraint.items)
        } else {
            var allowed = values.compactMap(\.schemaConstant)
            if constraint.types.contains(.null) { allowed.append(.null) }
            constraint.allowed = allowed
        }
        return .constrained(constraint)
    }

    /// The types of values that it says anything of.
    var types: JSONTypes {
        switch kind {
        case .nonEmpty: [.string, .array, .object]
        case .length: [.string, .array]
        case .oneOf: .all
        case .range: [.number, .integer]
        }
    }

    private static func length(of value: PluginValue) -> Int? {
        switch value {
        case .string(let text): text.unicodeScalars.count
        case .array(let elements): elements.count
        case .object(let members): members.count
        default: nil
        }
    }

    /// Texts are compared byte by byte, as everywhere.
    private static func holds(_ allowed: [PluginValue], _ value: PluginValue) -> Bool {
        guard case .string(let text) = value else { return allowed.contains(value) }
        return allowed.contains { $0.text.map { isSame($0, text) } ?? false }
    }

    private static func shown(_ allowed: [PluginValue]) -> String {
        let texts = allowed.map { value in value.text.map { "'\($0)'" } ?? value.jsonText }
        return "[\(texts.joined(separator: ", "))]"
    }
}

extension PluginValue {
    /// The value as a schema names it; `nil` for lists and objects.
    var schemaConstant: SchemaConstant? {
        switch self {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .number(let value): .number(value)
        case .string(let text): .string(Array(text.utf8))
        case .array, .object: nil
        }
    }
}
