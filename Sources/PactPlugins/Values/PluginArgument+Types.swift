public import ArkaModel

extension PluginValue: PluginArgument {
    /// Anything.
    public static var schema: RecordSchema { .any }
    /// Itself.
    public var pluginValue: PluginValue { self }
    /// Takes any value.
    public init(pluginValue: PluginValue) { self = pluginValue }
}

extension String: PluginArgument {
    /// A text.
    public static var schema: RecordSchema { .constrained(.init(types: .string)) }
    /// A text.
    public var pluginValue: PluginValue { .string(self) }
    /// Reads a text.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        guard let text = pluginValue.text else {
            throw ArgumentMismatch(expected: "a text", found: pluginValue)
        }
        self = text
    }
}

extension Bool: PluginArgument {
    /// `true` or `false`.
    public static var schema: RecordSchema { .constrained(.init(types: .boolean)) }
    /// `true` or `false`.
    public var pluginValue: PluginValue { .boolean(self) }
    /// Reads a truth value.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        guard let truth = pluginValue.truth else {
            throw ArgumentMismatch(expected: "true or false", found: pluginValue)
        }
        self = truth
    }
}

extension Int: PluginArgument {
    /// A whole number.
    public static var schema: RecordSchema { .constrained(.init(types: .integer)) }
    /// A number.
    public var pluginValue: PluginValue { .number(ExactDecimal(Int64(self))) }
    /// Reads a number without a fraction that fits.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        guard let number = pluginValue.number else {
            throw ArgumentMismatch(expected: "a whole number", found: pluginValue)
        }
        let (whole, rest) = number.scaled.quotientAndRemainder(
            dividingBy: ExactDecimal.one.scaled)
        guard rest == 0 else {
            throw ArgumentMismatch(expected: "a whole number", found: "a number with a fraction")
        }
        guard let value = Int(exactly: whole) else {
            throw ArgumentMismatch(expected: "a whole number of 64 bits", found: "a larger one")
        }
        self = value
    }
}

extension ExactDecimal: PluginArgument {
    /// A number.
    public static var schema: RecordSchema { .constrained(.init(types: [.number, .integer])) }
    /// A number.
    public var pluginValue: PluginValue { .number(self) }
    /// Reads a number.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        guard let number = pluginValue.number else {
            throw ArgumentMismatch(expected: "a number", found: pluginValue)
        }
        self = number
    }

    /// The shortest decimal that is this approximation, with at most 18 decimals; `nil` if it is not
    /// finite or leaves the range.
    init?(rounding value: Double) {
        if let exact = try? ExactDecimal("\(value)") {
            self = exact
            return
        }
        // Below 1 the text can have more than 18 decimals; above, only what is out of range fails.
        guard value.magnitude < 1 else { return nil }
        let scaled = value * 1e18
        self = ExactDecimal(scaled: Int128(Int64(scaled + (scaled < 0 ? -0.5 : 0.5))))
    }
}

extension Double: PluginConvertible {
    /// A number with at most 18 decimals; `null`, which rules see as unknown, if it is not finite or
    /// too large.
    public var pluginValue: PluginValue {
        ExactDecimal(rounding: self).map { .number($0) } ?? .null
    }
}

extension Optional: PluginConvertible where Wrapped: PluginConvertible {
    /// The value, or `null`.
    public var pluginValue: PluginValue { self?.pluginValue ?? .null }
}

extension Optional: PluginArgument where Wrapped: PluginArgument {
    /// The same or `null`.
    public static var schema: RecordSchema {
        guard case .constrained(var constraint) = Wrapped.schema else { return .any }
        constraint.types.insert(.null)
        return .constrained(constraint)
    }
    /// Reads a value, `null` as `nil`.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        self = pluginValue == .null ? nil : try Wrapped(pluginValue: pluginValue)
    }
}

extension Array: PluginConvertible where Element: PluginConvertible {
    /// A list.
    public var pluginValue: PluginValue { .array(map(\.pluginValue)) }
}

extension Array: PluginArgument where Element: PluginArgument {
    /// A list of such.
    public static var schema: RecordSchema {
        .constrained(.init(types: .array, items: Element.schema))
    }
    /// Reads a list.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        guard case .array(let values) = pluginValue else {
            throw ArgumentMismatch(expected: Self.schema.described, found: pluginValue)
        }
        self = []
        for (index, value) in values.enumerated() {
            do throws(ArgumentMismatch) {
                append(try Element(pluginValue: value))
            } catch {
                throw error.below(.index(index))
            }
        }
    }
}

extension Dictionary: PluginConvertible where Key == String, Value: PluginConvertible {
    /// An object, its names in the order of their bytes.
    public var pluginValue: PluginValue {
        .object(
            sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { .init($0.key, $0.value.pluginValue) })
    }
}

extension Dictionary: PluginArgument where Key == String, Value: PluginArgument {
    /// An object.
    public static var schema: RecordSchema { .constrained(.init(types: .object)) }
    /// Reads an object.
    public init(pluginValue: PluginValue) throws(ArgumentMismatch) {
        guard case .object(let members) = pluginValue else {
            throw ArgumentMismatch(expected: "an object", found: pluginValue)
        }
        self = [:]
        for member in members {
            // Swift's keys are equal where they look the same: a member must not replace another one.
            guard self[member.name] == nil else {
                throw ArgumentMismatch(
                    expected: "the only member of this name",
                    found: "another of the same or an equal one"
                ).below(.name(member.name))
            }
            do throws(ArgumentMismatch) {
                self[member.name] = try Value(pluginValue: member.value)
            } catch {
                throw error.below(.name(member.name))
            }
        }
    }
}
