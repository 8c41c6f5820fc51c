import ArkaModel

/// Reads a schema and all schemas within it, and notes everything that is wrong with them.
struct SchemaCompiler {
    let source: SourceText
    let formats: JSONSchema.Formats
    let limits: SchemaLimits

    var subschemas: [Subschema] = []
    var references = SchemaReferences()
    var diagnostics: [Diagnostic] = []
    var patternCount = 0

    /// Where reading stands.
    struct Place {
        /// The way from the beginning of the document, as a JSON Pointer.
        var pointer = ""
        /// What relative references are relative to.
        var base = URIReference("")

        func below(_ steps: String...) -> Place {
            var place = self
            for step in steps { place.pointer += "/" + step.pointerToken }
            return place
        }
    }

    init(source: SourceText, formats: JSONSchema.Formats, limits: SchemaLimits) {
        self.source = source
        self.formats = formats
        self.limits = limits
    }

    mutating func read(_ node: JSONNode) -> JSONSchema.Reading {
        references.addResource(Place().base, at: "")
        _ = schema(node, at: Place())
        resolveReferences()
        if diagnostics.isEmpty { checkChains() }
        guard diagnostics.isEmpty else {
            return JSONSchema.Reading(
                schema: nil, diagnostics: Array(diagnostics.prefix(limits.problemsMax)))
        }
        let tracks = subschemas.contains { $0.keywords.contains(where: \.asksForEvaluated) }
        let schema = JSONSchema(subschemas: subschemas, limits: limits, tracksEvaluated: tracks)
        return JSONSchema.Reading(schema: schema, diagnostics: [])
    }

    /// Reads a schema; answers its place in the list.
    mutating func schema(_ node: JSONNode, at place: Place) -> Int {
        let index = subschemas.count
        subschemas.append(Subschema())
        guard index < limits.subschemasMax else {
            if index == limits.subschemasMax {
                note(
                    .jsonSchemaTooLarge,
                    "the schema holds more than \(limits.subschemasMax) schemas",
                    expected: "a smaller one", at: node)
            }
            return index
        }
        references.pointers[ByteText(place.pointer)] = index
        switch node.kind {
        case .boolean(let isTaken): subschemas[index].isNever = !isTaken
        case .object(let members):
            var place = place
            readIdentity(of: node, index, &place)
            subschemas[index].keywords = keywords(of: node, members, index, place)
        default:
            note(
                .jsonSchemaValue, "this is no schema", expected: "an object, true or false",
                at: node)
        }
        return index
    }

    // Names of the schema itself

    private mutating func readIdentity(of node: JSONNode, _ index: Int, _ place: inout Place) {
        if let draft = node["$schema"] { checkDraft(draft) }
        if let id = node["$id"], let text = string(id, of: "$id") {
            let reference = URIReference(text)
            if let fragment = reference.fragment, !fragment.isEmpty {
                note(
                    .jsonSchemaValue, "'$id' names a whole document, without '#'",
                    expected: "'$anchor' for a name within a document", at: id)
            }
            place.base = place.base.resolving(reference).document
            if !references.addResource(place.base, at: place.pointer) {
                note(
                    .jsonSchemaReference, "two schemas have this '$id'",
                    expected: "one of its own for each", at: id)
            }
        }
        if let anchor = node["$anchor"], let name = string(anchor, of: "$anchor") {
            if !name.isAnchor {
                note(
                    .jsonSchemaValue, "'$anchor' is no name",
                    expected: "a letter or '_', then letters, digits, '-', '_' and '.'", at: anchor)
            }
            if !references.addAnchor(name, in: place.base, index) {
                note(
                    .jsonSchemaReference, "two schemas have this '$anchor'",
                    expected: "one of its own for each", at: anchor)
            }
        }
    }

    private mutating func checkDraft(_ node: JSONNode) {
        let draft = "https://json-schema.org/draft/2020-12/schema"
        guard let text = string(node, of: "$schema") else { return }
        if text != draft, text != draft + "#" {
            note(
                .jsonSchemaUnsupported, "'$schema' names another draft than 2020-12",
                expected: "'\(draft)'", at: node)
        }
    }

    // Notes

    mutating func note(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        suggestion: String? = nil, at range: SourceRange
    ) {
        guard diagnostics.count < limits.problemsMax else { return }
        diagnostics.append(
            Diagnostic(
                code, message, expected: expectation, suggestion: suggestion, in: source, at: range)
        )
    }

    mutating func note(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        at node: JSONNode
    ) {
        note(code, message, expected: expectation, at: node.range)
    }

    mutating func noteValue(of keyword: String, expected: String, at node: JSONNode) {
        note(
            .jsonSchemaValue, "'\(keyword)' has a value that it cannot have", expected: expected,
            at: node)
    }

    mutating func string(_ node: JSONNode, of keyword: String) -> String? {
        guard case .string(let text) = node.kind else {
            noteValue(of: keyword, expected: "a string", at: node)
            return nil
        }
        return text
    }
}

extension String {
    fileprivate var isAnchor: Bool {
        guard let first = utf8.first, first.isLetter || first == UInt8(ascii: "_") else {
            return false
        }
        return utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) }
    }
}
