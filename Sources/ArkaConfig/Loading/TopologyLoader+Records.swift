import ArkaDocuments
import ArkaModel

extension TopologyLoader {
    /// Reads the record schema and checks the paths into it.
    mutating func layout() -> RecordLayout {
        let draft = document.spec.record
        let schema = recordSchema(draft)
        checkRootNames(draft)
        let roots = draft.roots.entries.map { entry in
            RecordLayout.Root(name: entry.key, path: recordPath(entry.value) ?? [])
        }
        let eventTime = draft.eventTime.flatMap(recordPath)
        let layout = RecordLayout(
            schema: schema, roots: roots, idPath: recordPath(draft.id) ?? ["id"],
            eventTimePath: eventTime)
        checkPaths(layout)
        return layout
    }

    /// The schema, or `.any` where there is none or it is wrong: the rules are then still read, so
    /// that their errors are reported in the same go.
    private mutating func recordSchema(_ draft: TopologyDraft.Record) -> RecordSchema {
        guard let written = draft.schema else { return .any }
        let named = NamedPath(written, at: "record.schema", in: document)
        guard let text = taken(folder.text(folder.path(written), for: named)) else { return .any }
        let loaded = readRecordSchema(text)
        diagnostics += loaded.diagnostics
        return loaded.value ?? .any
    }

    private mutating func checkRootNames(_ draft: TopologyDraft.Record) {
        for entry in draft.roots.entries where !isRootName(entry.key) {
            diagnostics.append(
                Diagnostic(
                    .configRootName, "'\(shown(entry.key))' cannot begin a path in rules",
                    expected: "a word in snake_case other than context, list, plugin",
                    at: document.keyPlaces["record.roots." + entry.key] ?? document.start))
        }
    }

    private mutating func checkPaths(_ layout: RecordLayout) {
        for root in layout.roots where document.places["record.roots." + root.name] != nil {
            _ = checkedSchema(root.path, layout, "record.roots." + root.name)
        }
        if let id = checkedSchema(layout.idPath, layout, "record.id") {
            check(id, isOf: [.string, .number, .integer], "a string or a number", "record.id")
        }
        guard let path = layout.eventTimePath,
            let time = checkedSchema(path, layout, "record.event_time")
        else { return }
        check(time, isOf: [.string], "a string with the format date-time", "record.event_time")
    }

    /// The schema at a path, or nothing and a diagnostic if the record schema does not know the path.
    private mutating func checkedSchema(
        _ path: [String], _ layout: RecordLayout, _ key: String
    ) -> RecordSchema? {
        guard case .constrained = layout.schema else { return nil }
        var schema = layout.schema
        for (index, name) in path.enumerated() {
            if case .any = schema { return nil }
            guard let next = schema.descend([name]) else {
                let isShown = !document.environmentPaths.contains(key)
                let owner = (["$"] + path[..<index]).joined(separator: ".")
                diagnostics.append(
                    Diagnostic(
                        .configRecordPath,
                        isShown
                            ? "the record schema has no property '\(shown(name))' in \(owner)"
                            : "the record schema has no such property",
                        expected: "a property that it names",
                        suggestion: nearName(to: name, among: schema.propertyNames),
                        at: document.place(of: key)))
                return nil
            }
            schema = next
        }
        return schema
    }

    private mutating func check(
        _ schema: RecordSchema, isOf types: JSONTypes, _ words: String, _ key: String
    ) {
        guard case .constrained(let constraint) = schema else { return }
        if !constraint.types.isDisjoint(with: types) { return }
        diagnostics.append(
            Diagnostic(
                .configRecordPath, "the record schema has something else at this path",
                expected: words, at: document.place(of: key)))
    }
}

extension RecordSchema {
    /// The names of an object's properties.
    fileprivate var propertyNames: [String] {
        if case .constrained(let constraint) = self {
            constraint.properties.map(\.name)
        } else {
            []
        }
    }
}

/// Whether a word can begin a path in rules: snake_case, and none of the language's own roots.
private func isRootName(_ name: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let isWord = name.utf8.allSatisfy { byte in
        letters.contains(byte) || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    let reserved: Set = ["context", "list", "plugin", "true", "false", "null", "not", "and", "or"]
    return isWord && name.utf8.first.map(letters.contains) == true && !reserved.contains(name)
}
