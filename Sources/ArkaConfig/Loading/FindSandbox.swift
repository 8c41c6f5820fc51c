import ArkaDocuments
public import ArkaModel

/// What a plugin may do, and all that says so.
public struct SandboxFinding: Sendable {
    /// The name of the plugin, or of the document about it.
    public var name: String
    /// The plugin's reference; `nil` where only a manifest is known.
    public var reference: String?
    /// Its version, as far as it is known.
    public var version: String?
    /// Whether the plugin is part of the program: it is trusted then, and not all bounds are held.
    public var isInProcess: Bool
    /// All bounds, each with where it comes from.
    public var parts: [SandboxPart]

    /// What counts in the end.
    public var policy: SandboxPolicy { parts.effective }
}

/// Finds out what a plugin may do.
/// - Parameters:
///   - name: The reference of a linked plugin, or the part of it behind the slash where only one has it; or
///     the path of a document of `kind: PluginConfig` or `kind: PluginManifest`.
///   - manifest: The path of the plugin's manifest, whose permissions count too.
///   - linked: The plugins of the program.
///   - environment: What `${NAME}` stands for.
///   - files: How files are read.
/// - Returns: What was found, or everything that is wrong with the documents.
public func findSandbox(
    of name: String, manifest: String? = nil, linked: LinkedPlugins,
    environment: [String: String], files: FileAccess
) -> Loaded<SandboxFinding> {
    var finder = SandboxFinder(linked: linked, environment: environment, files: files)
    var finding = finder.finding(of: name)
    if let manifest {
        let loaded = loadPluginManifest(path: manifest, files: files)
        finder.diagnostics += loaded.diagnostics
        finding?.parts += loaded.value?.sandbox ?? []
    }
    finding?.closeWhatNobodyOpens()
    return Loaded(finding, finder.diagnostics)
}

private struct SandboxFinder {
    let linked: LinkedPlugins
    let environment: [String: String]
    let files: FileAccess
    var diagnostics: [Diagnostic] = []

    mutating func finding(of name: String) -> SandboxFinding? {
        let meant = linked.plugins.filter {
            $0.reference == name || $0.reference.hasSuffix("/" + name)
        }
        if meant.count == 1 { return finding(of: meant[0]) }
        // The folder of a plugin stands for its manifest.
        let manifest = name + (name.hasSuffix("/") ? "" : "/") + pluginManifestName
        if case .success(let bytes) = files.read(manifest) {
            return finding(of: SourceText(name: manifest, utf8: bytes))
        }
        switch files.read(name) {
        case .success(let bytes): return finding(of: SourceText(name: name, utf8: bytes))
        case .failure(let failure):
            let known = linked.plugins.map(\.reference)
            let isPath = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
            diagnostics.append(
                isPath
                    ? .unreadable(name, failure)
                    : unknown(
                        name, known,
                        at: SourcePlace(
                            SourceText(name: "command line", text: shown(name)),
                            SourceRange(0, shown(name).utf8.count))))
            return nil
        }
    }

    private func unknown(
        _ name: String, _ known: [String], at place: SourcePlace
    ) -> Diagnostic {
        let own = known.map { $0.split(separator: "/").last.map { String($0) } ?? $0 }
        return Diagnostic(
            .configPlugin, "there is no plugin '\(shown(name))' in this program, and no such file",
            expected: (known + ["the file of a document of kind PluginConfig or PluginManifest"])
                .joined(separator: ", or "),
            suggestion: nearName(to: name, among: known + own), at: place)
    }

    private func finding(of plugin: LinkedPlugins.Plugin) -> SandboxFinding {
        SandboxFinding(
            name: plugin.reference, reference: plugin.reference, version: plugin.version,
            isInProcess: true, parts: plugin.declaredParts)
    }

    private mutating func finding(of text: SourceText) -> SandboxFinding? {
        let yaml = parseYAML(text)
        if yaml.kindName == DocumentKind<PluginManifestDraft>.pluginManifest.name {
            let loaded = readPluginManifest(text)
            diagnostics += loaded.diagnostics
            guard let manifest = loaded.value else { return nil }
            return SandboxFinding(
                name: manifest.name, version: manifest.version.description, isInProcess: false,
                parts: manifest.sandbox)
        }
        let loaded = readPluginConfig(yaml, of: text, environment: environment)
        diagnostics += loaded.diagnostics
        guard let config = loaded.value else { return nil }
        let plugin = linked[config.reference]
        if let plugin, let range = config.version, let problem = plugin.versionProblem(range) {
            diagnostics.append(
                Diagnostic(
                    .configPlugin, problem, expected: "a version that '\(range)' has",
                    at: config.places.value("version")))
        }
        return SandboxFinding(
            name: config.name, reference: config.reference, version: plugin?.version,
            isInProcess: plugin != nil, parts: config.sandbox + (plugin?.declaredParts ?? []))
    }
}

extension SandboxFinding {
    /// What a plugin reaches only where somebody names it, it does not reach where nobody does.
    fileprivate mutating func closeWhatNobodyOpens() {
        guard isInProcess, policy.network.hosts == nil else { return }
        parts.append(
            SandboxPart(
                "hosts that nobody names",
                SandboxPolicy(network: SandboxPolicy.Network(hosts: HostRules([])))))
    }
}
