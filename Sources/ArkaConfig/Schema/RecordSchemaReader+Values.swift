import ArkaJSON
import ArkaModel

extension RecordSchemaReader {
    private static let typeNames: [(name: String, type: JSONTypes)] = [
        ("null", .null), ("boolean", .boolean), ("number", .number), ("integer", .integer),
        ("string", .string), ("object", .object), ("array", .array),
    ]

    /// Reads a type name or a list of them.
    mutating func types(_ node: JSONNode) -> JSONTypes {
        let names: [JSONNode] = if case .array(let items) = node.kind { items } else { [node] }
        let types = names.map { type($0) }
        guard !types.isEmpty else {
            report(.schemaValue, "'type' names no type", expected: "at least one", node)
            return .all
        }
        return types.contains(nil) ? .all : JSONTypes(types.compactMap { $0 })
    }

    private mutating func type(_ node: JSONNode) -> JSONTypes? {
        let names = Self.typeNames.map(\.name)
        guard case .string(let name) = node.kind,
            let known = Self.typeNames.first(where: { $0.name == name })
        else {
            let written = if case .string(let name) = node.kind { name } else { "" }
            report(
                .schemaValue, "a type cannot be \(node.words)",
                expected: "one of \(names.joined(separator: ", "))",
                suggestion: nearName(to: written, among: names), node)
            return nil
        }
        return known.type
    }

    /// Reads the values of `enum`.
    mutating func constants(_ member: JSONMember) -> [SchemaConstant]? {
        guard let items = list(member) else { return nil }
        if items.isEmpty {
            report(.schemaValue, "'enum' allows no value", expected: "at least one", member.value)
        }
        return items.compactMap { constant($0) }
    }

    private mutating func constant(_ node: JSONNode) -> SchemaConstant? {
        switch node.kind {
        case .null: return .null
        case .boolean(let value): return .boolean(value)
        case .string(let text): return .string(Array(text.utf8))
        case .number(let text):
            if let number = node.exactDecimal { return .number(number) }
            report(
                .schemaValue, "the number \(shown(text)) has no exact value",
                expected: "at most 20 digits before the point and 18 behind it", node)
        case .array, .object:
            report(
                .schemaValue, "'enum' cannot hold \(node.words)",
                expected: "strings, numbers, true, false, null", node)
        }
        return nil
    }

    /// Reads `format`; only dates with times are checked.
    mutating func isDateTime(_ member: JSONMember) -> Bool {
        if case .string("date-time") = member.value.kind { return true }
        report(
            .schemaKeyword, "records are not checked by the format \(member.value.words)",
            expected: "'date-time', or no format", member.value)
        return false
    }

    /// Refuses schemas of other drafts: their keywords mean other things.
    mutating func checkDraft(_ member: JSONMember) {
        let draft = "https://json-schema.org/draft/2020-12/schema"
        if case .string(let name) = member.value.kind, name == draft || name == draft + "#" {
            return
        }
        report(
            .schemaDraft, "the schema is of another draft than 2020-12", expected: "\"\(draft)\"",
            member.value)
    }

    mutating func checkAdditional(_ member: JSONMember) {
        if case .boolean(true) = member.value.kind { return }
        report(
            .schemaKeyword,
            "records are not checked by 'additionalProperties: \(member.value.words)'",
            expected: "true, or no such keyword", member.value)
    }
}
