import ArkaModel

/// Looks for what the entry point names among the files of the folder.
struct EntrypointCheck {
    let manifest: PluginManifestSpec
    let files: ProjectFiles

    /// What is wrong; `nil` if the module and the class in it are there.
    func problem() -> Diagnostic? {
        let halves = manifest.entrypoint.split(separator: ":").map(String.init)
        // Where it is not written so, the manifest's own check has said it.
        guard halves.count == 2 else { return nil }
        let (module, name) = (halves[0], halves[1])
        let candidates = isSwift ? swiftFiles(of: module) : pythonFiles(of: module)
        let texts = candidates.compactMap { files.texts[$0] }
        guard !texts.isEmpty else {
            let missing =
                isSwift
                ? "Sources/\(module.replacing(".", with: "/"))/*.swift"
                : pythonFiles(of: module).joined(separator: ", ")
            return problem(
                "the entry point's module '\(shown(module))' is not in this folder",
                "one of the files \(missing)", nearName(to: module, among: modules))
        }
        let names = texts.flatMap { isSwift ? SourceNames.swift($0) : SourceNames.python($0) }
        if names.contains(name) { return nil }
        return problem(
            "'\(shown(name))' is not declared in \(texts.map(\.name).joined(separator: ", "))",
            "the name of the plugin's class", nearName(to: name, among: names))
    }

    /// Plugins are written in Python unless they say otherwise.
    private var isSwift: Bool {
        let runtimes = manifest.dependencies.runtimes
        if runtimes["python"] != nil { return false }
        return runtimes["swift"] != nil
            || !files.paths.contains { $0.hasSuffix(".py") }
                && files.paths.contains { $0.hasSuffix(".swift") }
    }

    private func pythonFiles(of module: String) -> [String] {
        let path = module.replacing(".", with: "/")
        return ["src/", ""].flatMap { ["\($0)\(path).py", "\($0)\(path)/__init__.py"] }
    }

    private func swiftFiles(of module: String) -> [String] {
        let folder = "Sources/\(module.replacing(".", with: "/"))/"
        return files.paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(".swift") }
    }

    /// The modules that there are, as an entry point names them.
    private var modules: [String] {
        files.code.compactMap { path, _ in
            if isSwift {
                let parts = path.split(separator: "/")
                return parts.first == "Sources" && parts.count > 2 ? String(parts[1]) : nil
            }
            var module = path.hasPrefix("src/") ? String(path.dropFirst(4)) : path
            for ending in ["/__init__.py", ".py"] where module.hasSuffix(ending) {
                module.removeLast(ending.count)
            }
            return module.replacing("/", with: ".")
        }
    }

    private func problem(
        _ message: String, _ expectation: String, _ suggestion: String?
    ) -> Diagnostic {
        Diagnostic(
            .projectEntrypoint, message, expected: expectation, suggestion: suggestion,
            at: manifest.places.value("entrypoint"))
    }
}

/// Names that a text declares where the whole module can see them.
enum SourceNames {
    /// Classes, and names that are imported or assigned.
    static func python(_ text: SourceText) -> [String] {
        let source = SourceTokens(text)
        var names: [String] = []
        for (index, token) in source.tokens.enumerated() where token.startsLine {
            switch source.word(index) {
            case "class": names += [source.word(index + 1)].compactMap { $0 }
            case "from", "import": names += imported(source, from: index + 1)
            case let word? where source.isMark(index + 1, "="): names.append(word)
            default: break
            }
        }
        return names
    }

    /// Types.
    static func swift(_ text: SourceText) -> [String] {
        let source = SourceTokens(text)
        let kinds = ["struct", "class", "actor", "enum", "typealias"]
        return source.tokens.indices.compactMap { index in
            source.word(index).map(kinds.contains) == true ? source.word(index + 1) : nil
        }
    }

    /// The words of an import up to the next line, brackets included.
    private static func imported(_ source: SourceTokens, from start: Int) -> [String] {
        source.tokens[start...].prefix { token in
            !token.startsLine || token.kind == .mark(UInt8(ascii: ")"))
        }.compactMap { token in
            if case .word(let word) = token.kind { word } else { nil }
        }
    }
}
