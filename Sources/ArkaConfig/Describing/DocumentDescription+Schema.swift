import ArkaDocuments
import ArkaJSON
import ArkaModel

extension DocumentDescription {
    /// The JSON Schema (2020-12) of documents of this kind, for editors: indented, with a line end behind it.
    ///
    /// It takes what the document's fields take. Where they take `${NAME}`, it does too.
    public var jsonSchema: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
        json.member("$id", "arka.io/v1/\(kind)")
        json.member("title", kind)
        json.member("description", summary)
        json.appendMembers(of: declarations, isWholeDocument: true)
        json.name("$defs")
        json.beginObject()
        json.name("variable")
        json.beginObject()
        json.member("description", "A value that comes from the environment.")
        json.member("type", "string")
        json.member("pattern", "\\$\\{")
        json.endObject()
        json.endObject()
        json.endObject()
        return indentedJSON(json.bytes)
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    /// Appends what holds for an object with declared members.
    fileprivate mutating func appendMembers(
        of fields: [FieldDeclaration], isWholeDocument: Bool = false
    ) {
        member("type", "object")
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty {
            name("required")
            appendList(required)
        }
        name("additionalProperties")
        boolean(false)
        name("properties")
        beginObject()
        for field in fields {
            name(field.name)
            beginObject()
            append(field, isConstant: isWholeDocument && !field.shape.isSection)
            endObject()
        }
        endObject()
        appendAlternatives(of: fields)
    }

    /// Keys of which one stands in the place of the other.
    private mutating func appendAlternatives(of fields: [FieldDeclaration]) {
        let pairs = fields.compactMap { field in field.alternative.map { [$0, field.name] } }
        guard !pairs.isEmpty else { return }
        name("allOf")
        beginArray()
        for pair in pairs {
            beginObject()
            name("not")
            beginObject()
            name("required")
            appendList(pair)
            endObject()
            endObject()
        }
        endArray()
    }

    private mutating func append(_ field: FieldDeclaration, isConstant: Bool) {
        member("description", field.summary)
        if isConstant, let word = field.example {
            member("const", word)
            return
        }
        append(field.shape)
        if let text = field.defaultText, !text.hasPrefix("(") { appendDefault(text, field.shape) }
        // An example is YAML, and of what YAML can write JSON can write all that documents take.
        if let example = field.example,
            let node = parseYAML(SourceText(name: "example", text: example)).root
        {
            name("examples")
            beginArray()
            word(String(decoding: jsonBytes(node), as: UTF8.self))
            endArray()
        }
    }

    private mutating func appendDefault(_ text: String, _ shape: FieldShape) {
        switch shape {
        case .boolean, .integer:
            name("default")
            word(text)
        case .choice, .duration, .seconds, .byteSize, .processors, .text: member("default", text)
        case .list, .map, .section, .nested, .anything: break
        }
    }

    private mutating func append(_ shape: FieldShape) {
        switch shape {
        case .section(let fields): appendMembers(of: fields)
        case .map(_, let values):
            member("type", "object")
            name("additionalProperties")
            appendEither { $0.append(scalarOf: values) }
        case .nested: member("type", "object")
        case .anything: break
        case .text: member("type", "string")
        default:
            name("anyOf")
            beginArray()
            beginObject()
            appendPlain(shape)
            endObject()
            appendVariable()
            endArray()
        }
    }

    /// A value in a map of texts: YAML takes what stands there without quotes for numbers, too.
    private mutating func append(scalarOf shape: FieldShape) {
        name("type")
        appendList(["string", "number", "boolean"])
    }

    private mutating func appendEither(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }

    /// What a value is where it does not come from the environment.
    private mutating func appendPlain(_ shape: FieldShape) {
        switch shape {
        case .boolean: member("type", "boolean")
        case .integer(let range):
            member("type", "integer")
            name("minimum")
            integer(range.lowerBound)
            name("maximum")
            integer(range.upperBound)
        case .duration: appendPattern("string", "^[0-9]+(ms|s|m|h|d)$")
        case .seconds: appendPattern("integer", "^[0-9]+(ms|s|m|h|d)?$")
        case .byteSize: appendPattern("integer", "^[0-9]+(Ki|Mi|Gi)$")
        case .processors: appendPattern("number", "^([0-9]+m|[0-9]+(\\.[0-9]{1,3})?)$")
        case .choice(let words):
            name("enum")
            appendList(words)
        case .list(let element):
            member("type", "array")
            name("items")
            appendEither { $0.append(element) }
        case .section, .map, .nested, .anything, .text: break
        }
    }

    /// A text of some form; a number, too, where YAML would take it for one.
    private mutating func appendPattern(_ type: String, _ pattern: String) {
        name("type")
        if type == "string" { string(type) } else { appendList(["string", type]) }
        member("pattern", pattern)
    }

    private mutating func appendVariable() {
        beginObject()
        member("$ref", "#/$defs/variable")
        endObject()
    }

    private mutating func appendList(_ texts: [String]) {
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}

extension FieldShape {
    fileprivate var isSection: Bool {
        if case .section = self { true } else { false }
    }
}
