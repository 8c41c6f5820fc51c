import ArkaDocuments
public import ArkaModel

/// Reads documents of `kind: FunctionTable`, or manifests of plugins, into one table.
/// - Parameter texts: The documents; `metadata.name` is the name of a plugin, such as
///   `sanctions-list`, which rules write as `sanctions_list`.
/// - Returns: The functions of all plugins, or everything that is wrong in all documents.
public func readFunctionTables(_ texts: [SourceText]) -> Loaded<FunctionTable> {
    var reader = FunctionTableReader()
    for text in texts { reader.read(text) }
    return Loaded(FunctionTable(reader.functions), reader.diagnostics)
}

/// Reads the files of function tables.
/// - Parameters:
///   - paths: Documents of `kind: FunctionTable` or `kind: PluginManifest`.
///   - files: How files are read.
/// - Returns: As ``readFunctionTables(_:)``; a file that cannot be read is reported among the rest.
public func loadFunctionTables(paths: [String], files: FileAccess) -> Loaded<FunctionTable> {
    var texts: [SourceText] = []
    var refusals: [Diagnostic] = []
    for path in paths {
        switch files.read(path) {
        case .success(let bytes): texts.append(SourceText(name: path, utf8: bytes))
        case .failure(let failure): refusals.append(.unreadable(path, failure))
        }
    }
    let loaded = readFunctionTables(texts)
    return Loaded(loaded.value, refusals + loaded.diagnostics)
}

/// Collects the functions of several documents.
struct FunctionTableReader {
    private(set) var functions: [FunctionSignature] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// The document that declared each plugin.
    private var plugins: [String: String] = [:]

    /// Reads a function table or a manifest.
    mutating func read(_ text: SourceText) {
        let yaml = parseYAML(text)
        if yaml.kindName == DocumentKind<PluginManifestDraft>.pluginManifest.name {
            let loaded = readPluginManifest(text)
            diagnostics += loaded.diagnostics
            guard let manifest = loaded.value else { return }
            if claim(manifest.name, manifest.places.start) { functions += manifest.exports }
            return
        }
        let result = DocumentKind<FunctionTableDraft>.functionTable.read(yaml, of: text)
        diagnostics += result.diagnostics
        guard let document = result.document, claim(document.name, document.start) else { return }
        add(document.spec, of: document, below: "")
    }

    /// Takes the functions that a manifest exports.
    mutating func add(_ document: Document<PluginManifestDraft>) {
        if claim(document.name, document.start) {
            add(document.spec.exports, of: document, below: "exports.")
        }
    }

    /// Whether a document is the first about its plugin; reports it otherwise.
    private mutating func claim(_ name: String, _ place: SourcePlace) -> Bool {
        let plugin = ruleName(name)
        if let first = plugins[plugin] {
            report(
                "the plugin '\(shown(name))' has a table in \(first) already",
                expected: "all its functions in one", place)
            return false
        }
        plugins[plugin] = place.source.name
        if !isRuleName(plugin), !name.isEmpty {
            report(
                "rules cannot name the plugin '\(shown(name))'",
                expected: "a name that does not begin with a digit", place)
        }
        return true
    }

    private func ruleName(_ name: String) -> String { name.replacing("-", with: "_") }

    private mutating func add(
        _ table: FunctionTableDraft, of document: Document<some Sendable>, below prefix: String
    ) {
        let tables: [(FunctionSignature.Kind, String, [FunctionTableDraft.Function])] = [
            (.dataSource, "data_sources", table.dataSources),
            (.enrichment, "enrichments", table.enrichments),
            (.validation, "validations", table.validations),
            (.action, "actions", table.actions),
        ]
        var names: Set<String> = []
        for (kind, key, drafts) in tables {
            for (index, draft) in drafts.enumerated() {
                let path = "\(prefix)\(key)[\(index)]"
                if !names.insert(draft.name).inserted {
                    report(
                        "'\(draft.name)' is declared twice", expected: "each function once",
                        document.place(of: path + ".name"))
                }
                checkNames(draft, path, in: document)
                functions.append(draft.signature(ruleName(document.name), kind))
            }
        }
    }

    /// Parameters and members have names of their own.
    private mutating func checkNames(
        _ draft: FunctionTableDraft.Function, _ path: String, in document: Document<some Sendable>
    ) {
        for (key, names) in [
            ("parameters", draft.parameters.map(\.name)), ("result", draft.result.map(\.name)),
        ] {
            var seen: Set<String> = []
            for (index, name) in names.enumerated() where !seen.insert(name).inserted {
                report(
                    "'\(shown(name))' is declared twice", expected: "each name once",
                    document.place(of: "\(path).\(key)[\(index)].name"))
            }
        }
        for (index, parameter) in draft.parameters.enumerated()
        where parameter.isRequired == true && parameter.defaultValue != nil {
            report(
                "'\(parameter.name)' has a default and is required", expected: "one of the two",
                document.place(of: "\(path).parameters[\(index)].required"))
        }
    }

    private mutating func report(
        _ message: String, expected expectation: String, _ place: SourcePlace
    ) {
        diagnostics.append(
            Diagnostic(.configFunction, message, expected: expectation, at: place))
    }
}
