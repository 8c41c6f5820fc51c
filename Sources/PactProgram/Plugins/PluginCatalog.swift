import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaSystem
import PactPlugins

/// The plugins that there are: those linked into the program, and those in the directories of an engine
/// document.
struct PluginCatalog {
    /// A plugin in a folder.
    struct Folder {
        /// Where it lies.
        let path: String
        /// The last part of the path.
        let name: String
        /// What its manifest says.
        let manifest: Loaded<PluginManifestSpec>
    }

    /// What a user means by a word.
    enum Target {
        case folder(String)
        /// A manifest by another name than usual; nothing beside it is looked at.
        case file(String)
        case linked(String, any Plugin.Type)
    }

    let registry: PluginRegistry
    let folders: [Folder]
    /// Where plugins' secrets are kept, as the engine document says.
    let secrets: SecretsSpec
    /// What is wrong with the engine document and its directories.
    let diagnostics: [Diagnostic]

    init(_ registry: PluginRegistry, config: String?) {
        self.registry = registry
        let engine = loadEngine(
            path: config, environment: Child.currentEnvironment, files: .system)
        var diagnostics = engine.diagnostics
        var folders: [Folder] = []
        for directory in engine.value?.plugins.directories ?? [] {
            switch FileAccess.system.list(directory) {
            case .success(let names): folders += Self.folders(in: directory, names)
            case .failure(let failure):
                diagnostics.append(
                    Diagnostic(
                        .projectName,
                        "'\(shown(directory))' of plugins.path cannot be listed: \(failure.reason)",
                        in: SourceText(name: config ?? "defaults", text: ""), at: SourceRange(0, 0))
                )
            }
        }
        self.folders = folders
        secrets = engine.value?.secrets ?? SecretsSpec()
        self.diagnostics = diagnostics
    }

    private static func folders(in directory: String, _ names: [String]) -> [Folder] {
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        return names.sorted().compactMap { name in
            let manifest = "\(prefix)\(name)/\(pluginManifestName)"
            guard !name.hasPrefix("."), isReadableFile(manifest) else { return nil }
            return Folder(
                path: prefix + name, name: name,
                manifest: loadPluginManifest(path: manifest, files: .regular))
        }
    }

    /// What a word means: a folder or a file that is there, else the name of a plugin. A folder wins over a
    /// linked plugin of the same name, since its check compares both.
    func target(_ word: String) -> Result<Target, LookupFailure> {
        if isDirectory(word) { return .success(.folder(word)) }
        if word.hasSuffix(".yaml") || word.hasSuffix(".yml") {
            guard word.split(separator: "/").last.map(String.init) == pluginManifestName else {
                return .success(.file(word))
            }
            let folder = word.dropLast(pluginManifestName.utf8.count)
            return .success(.folder(folder.isEmpty ? "." : String(folder)))
        }
        let inFolders = folders.filter { $0.name == word || $0.manifest.value?.name == word }
        let linked = registry.references.filter { reference in
            reference == word || reference.split(separator: "/").last.map(String.init) == word
        }
        switch (inFolders.count, linked.count) {
        case (1, _): return .success(.folder(inFolders[0].path))
        case (0, 1):
            guard let type = registry[linked[0]] else { break }
            return .success(.linked(linked[0], type))
        case (0, 0): break
        default:
            return .failure(
                LookupFailure(
                    word, "several plugins are called '\(shown(word))'",
                    expected: "one of \((inFolders.map(\.path) + linked).joined(separator: ", "))"))
        }
        let names = registry.references + folders.map { $0.manifest.value?.name ?? $0.name }
        let short =
            registry.references.map { String($0.split(separator: "/").last ?? "") }
            + folders.map(\.name)
        return .failure(
            LookupFailure(
                word, "there is no folder and no plugin '\(shown(word))'",
                expected: names.isEmpty
                    ? "a folder, or a plugin in a directory of plugins.path: name the engine document with --config"
                    : "a folder, or one of \(names.joined(separator: ", "))",
                suggestion: nearName(to: word, among: names + short)))
    }

    /// The functions of a linked plugin by its own name, with what can be configured without anybody's
    /// word; `nil` if none or several are called so, or if it needs a configuration.
    func registered(_ name: String, _ uses: [PluginUse]) -> [FunctionSignature]? {
        let references = registry.references.filter { $0.hasSuffix("/" + name) }
        guard references.count == 1, let type = registry[references[0]],
            case .known(let functions) = LinkedFunctions(references[0], type, uses)
        else { return nil }
        return functions
    }
}

/// No plugin is meant by a word, or several are.
struct LookupFailure: Error {
    let diagnostic: Diagnostic

    init(_ word: String, _ message: String, expected: String, suggestion: String? = nil) {
        let source = SourceText(name: "command line", text: shown(word))
        diagnostic = Diagnostic(
            .projectName, message, expected: expected, suggestion: suggestion, in: source,
            at: SourceRange(0, source.utf8.count))
    }
}

/// What is known of the functions of a linked plugin. It is made and dropped; nothing is started.
enum LinkedFunctions {
    case known([FunctionSignature])
    /// Its declarations are wrong.
    case refused([RegistrationProblem])
    /// It cannot be made, such as without its configuration; why.
    case unknown(String)

    /// - Parameter uses: The plugins of a topology; of those the configuration is taken.
    init(_ reference: String, _ type: any Plugin.Type, _ uses: [PluginUse]) {
        let use = uses.first { $0.reference == reference }
        do {
            let configuration = PluginConfiguration(use?.configuration ?? .object([]))
            self = .known(try type.signatures(with: configuration))
        } catch let failure as RegistrationFailure {
            self = .refused(failure.problems)
        } catch {
            self = .unknown("\(error)")
        }
    }
}

/// The plugins that a topology uses, for their configuration; and what is wrong with it.
func pluginUses(
    _ path: String?, _ registry: PluginRegistry
) -> (topology: TopologySpec?, diagnostics: [Diagnostic]) {
    guard let path else { return (nil, []) }
    let loaded = loadTopology(
        path: topologyPath(path), environment: Child.currentEnvironment, plugins: registry.linked,
        files: .system)
    return (loaded.value, loaded.diagnostics)
}
