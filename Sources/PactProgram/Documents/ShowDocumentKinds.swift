import ArkaConfig
import ArkaJSON
import ArkaSystem

/// Prints what stands in documents.
func showDocumentKinds(_ options: ConfigDocsCommand.Options) -> Int32 {
    guard let kind = documentKinds.first(where: { $0.kind == options.kind }) else {
        StandardStream.output.writeAll(options.asJSON ? listJSON() : Array(list().utf8))
        return 0
    }
    switch options.form {
    case .reference:
        StandardStream.output.writeAll(
            options.asJSON ? keysJSON(of: kind) : Array(kind.reference.utf8))
    case .example: StandardStream.output.write(kind.example)
    case .schema: StandardStream.output.writeAll(kind.jsonSchema)
    }
    return 0
}

private func list() -> String {
    let width = documentKinds.map(\.kind.count).max() ?? 0
    return documentKinds.map { kind in
        kind.kind + String(repeating: " ", count: width - kind.kind.count + 2) + kind.summary + "\n"
    }.joined()
}

/// `arka.document_kinds/1`
private func listJSON() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.document_kinds/1")
    json.name("kinds")
    json.beginArray()
    for kind in documentKinds {
        json.beginObject()
        json.appendName(of: kind)
        json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
}

/// `arka.document_kind/1`
private func keysJSON(of kind: DocumentDescription) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.document_kind/1")
    json.appendName(of: kind)
    json.name("keys")
    json.beginArray()
    for key in kind.keys { json.append(key) }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
}

extension JSONWriter {
    fileprivate mutating func appendName(of kind: DocumentDescription) {
        name("kind")
        string(kind.kind)
        name("summary")
        string(kind.summary)
    }

    fileprivate mutating func append(_ key: DescribedKey) {
        beginObject()
        for (name, text) in [
            ("path", key.path), ("type", key.type), ("default", key.standing),
            ("example", key.example), ("summary", key.summary),
        ] {
            guard let text else { continue }
            self.name(name)
            string(text)
        }
        name("required")
        boolean(key.isRequired)
        name("secret")
        boolean(key.isSecret)
        endObject()
    }
}
