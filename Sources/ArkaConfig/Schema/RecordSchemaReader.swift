import ArkaJSON
import ArkaModel

/// Turns the tree of a JSON Schema into the checks that the decoder makes.
struct RecordSchemaReader {
    let source: SourceText
    private(set) var diagnostics: [Diagnostic] = []

    /// The bound of what is reported: a text with more faults is not the schema that was meant.
    private static let diagnosticsMax = 100

    init(source: SourceText) {
        self.source = source
    }

    /// Reads a schema; what is wrong in it is left out and reported.
    mutating func schema(_ node: JSONNode) -> RecordSchema {
        switch node.kind {
        case .boolean(true): return .any
        case .object(let members): return constrained(members)
        case .boolean(false):
            report(.schemaKeyword, "'false' allows no value", expected: "a schema", node)
        default:
            report(.schemaValue, "a schema cannot be \(node.words)", expected: "an object", node)
        }
        return .any
    }

    private mutating func constrained(_ members: [JSONMember]) -> RecordSchema {
        var constraint = RecordSchema.Constraint()
        var required: [JSONNode] = []
        for member in members {
            switch SchemaKeyword(member.name) {
            case .type: constraint.types = types(member.value)
            case .properties: constraint.properties = properties(member.value)
            case .required: required = list(member) ?? []
            case .enum: constraint.allowed = constants(member)
            case .items: constraint.items = schema(member.value)
            case .format: constraint.isDateTime = isDateTime(member)
            case .draft: checkDraft(member)
            case .additionalProperties: checkAdditional(member)
            case .annotation: continue
            case .notTaken: refuse(member, "records are not checked by '\(member.name)'")
            case .unknown: refuse(member, "unknown keyword '\(shown(member.name))'")
            }
        }
        require(required, in: &constraint)
        return constraint == RecordSchema.Constraint() ? .any : .constrained(constraint)
    }

    private mutating func properties(_ node: JSONNode) -> [RecordSchema.Property] {
        guard case .object(let members) = node.kind else {
            report(
                .schemaValue, "'properties' cannot be \(node.words)",
                expected: "an object with a schema for each name", node)
            return []
        }
        return members.map { member in
            RecordSchema.Property(member.name, isRequired: false, schema(member.value))
        }
    }

    /// Marks properties as required; one that no schema describes may be anything, but must be there.
    private mutating func require(
        _ names: [JSONNode], in constraint: inout RecordSchema.Constraint
    ) {
        // By bytes, and not by search: a schema may name very many properties.
        var indices: [[UInt8]: Int] = [:]
        for (index, property) in constraint.properties.enumerated() {
            indices[Array(property.name.utf8)] = index
        }
        for node in names {
            guard case .string(let name) = node.kind else {
                report(
                    .schemaValue, "a name cannot be \(node.words)", expected: "a string", node)
                continue
            }
            if let index = indices[Array(name.utf8)] {
                constraint.properties[index].isRequired = true
            } else {
                indices[Array(name.utf8)] = constraint.properties.count
                constraint.properties.append(.init(name, isRequired: true, .any))
            }
        }
    }

    /// The items of a keyword that wants a list.
    mutating func list(_ member: JSONMember) -> [JSONNode]? {
        if case .array(let items) = member.value.kind { return items }
        report(
            .schemaValue, "'\(member.name)' cannot be \(member.value.words)", expected: "an array",
            member.value)
        return nil
    }

    private mutating func refuse(_ member: JSONMember, _ message: String) {
        report(
            .schemaKeyword, message,
            expected: "one of \(SchemaKeyword.checked.joined(separator: ", ")), or an annotation",
            suggestion: nearName(to: member.name, among: SchemaKeyword.taken),
            JSONNode(.null, at: member.nameRange))
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, expected expectation: String,
        suggestion: String? = nil, _ node: JSONNode
    ) {
        guard diagnostics.count < Self.diagnosticsMax else { return }
        diagnostics.append(
            Diagnostic(
                code, message, expected: expectation, suggestion: suggestion, in: source,
                at: node.range))
    }
}

extension JSONNode {
    /// The value for messages: text and numbers as they are, the rest by its type.
    var words: String {
        switch kind {
        case .string(let text): "'\(shown(text))'"
        case .number(let text): shown(text)
        case .boolean(let value): value ? "true" : "false"
        case .null: "null"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
