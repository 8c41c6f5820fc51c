import ArkaModel

extension RecordSchema {
    /// What a value must be, for messages: `a text`, `a list of texts`.
    var described: String {
        guard case .constrained(let constraint) = self, constraint.types != .all else {
            return "any value"
        }
        let types = constraint.types
        var names: [String] = []
        if types.contains(.string) { names.append("a text") }
        if types.contains(.number) {
            names.append("a number")
        } else if types.contains(.integer) {
            names.append("a whole number")
        }
        if types.contains(.boolean) { names.append("true or false") }
        if types.contains(.array) { names.append(constraint.items.describedAsList) }
        if types.contains(.object) { names.append("an object") }
        if types.contains(.null) { names.append("null") }
        return names.joined(separator: " or ")
    }

    private var describedAsList: String {
        guard case .constrained(let constraint) = self else { return "a list" }
        return switch constraint.types {
        case .string: "a list of texts"
        case .integer: "a list of whole numbers"
        case [.number, .integer]: "a list of numbers"
        default: "a list"
        }
    }
}
