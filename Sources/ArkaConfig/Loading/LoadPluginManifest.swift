import ArkaDocuments
public import ArkaModel

/// Reads a document of `kind: PluginManifest`.
/// - Parameters:
///   - path: The document, usually `plugin.yaml`.
///   - files: How files are read.
/// - Returns: What it says, or everything that is wrong with it at once.
public func loadPluginManifest(path: String, files: FileAccess) -> Loaded<PluginManifestSpec> {
    switch files.read(path) {
    case .failure(let failure): Loaded(nil, [.unreadable(path, failure)])
    case .success(let bytes): readPluginManifest(SourceText(name: path, utf8: bytes))
    }
}

/// Reads the text of a document of `kind: PluginManifest`.
///
/// A manifest belongs to the plugin, not to a place where it runs: variables of the environment are not
/// put into it.
public func readPluginManifest(_ text: SourceText) -> Loaded<PluginManifestSpec> {
    let result = DocumentKind<PluginManifestDraft>.pluginManifest.read(text)
    guard let document = result.document else { return Loaded(nil, result.diagnostics) }
    var reader = FunctionTableReader()
    reader.add(document)
    let found = result.diagnostics + reader.diagnostics + document.typeProblems
    return Loaded(document.manifest(reader.functions), inOrder(found, first: text.name))
}

extension Document where Spec == PluginManifestDraft {
    /// What the document says.
    fileprivate func manifest(_ exports: [FunctionSignature]) -> PluginManifestSpec {
        let dependencies = spec.dependencies
        var runtimes: [String: VersionRange] = [:]
        runtimes["python"] = dependencies.python
        runtimes["swift"] = dependencies.swift
        return PluginManifestSpec(
            name: name, version: spec.version, description: spec.description, author: spec.author,
            license: spec.license, entrypoint: spec.entrypoint, types: spec.types,
            dependencies: PluginManifestSpec.Dependencies(
                runtimes: runtimes, sdk: dependencies.sdk, packages: dependencies.packages),
            exports: exports,
            permissions: PluginManifestSpec.Permissions(
                network: spec.permissions.network, secrets: spec.permissions.secrets,
                environment: spec.permissions.environment),
            sandbox: spec.permissions.parts(below: "permissions").map {
                SandboxPart($0.path, at: place(of: $0.path), $0.policy)
            }, places: DocumentPlaces(self))
    }

    /// Types without functions, functions without their type, and types that stand twice.
    fileprivate var typeProblems: [Diagnostic] {
        // Where the list itself is wrong, nothing follows from it.
        guard !spec.types.isEmpty else { return [] }
        return PluginManifestSpec.FunctionType.allCases.flatMap { type in
            let places = spec.types.indices.filter { spec.types[$0] == type }
            let isExported = !spec.exports.functions(type).isEmpty
            var problems = places.dropFirst().map { index in
                problem("'\(type.rawValue)' stands twice", "each type once", "types[\(index)]")
            }
            if let first = places.first, !isExported {
                problems.append(
                    problem(
                        "'\(type.rawValue)' is among the types, and 'exports' has no such function",
                        "functions under 'exports.\(type.exportsKey)'", "types[\(first)]"))
            }
            if places.isEmpty, isExported {
                problems.append(
                    problem(
                        "'exports' has \(type.exportsKey), and 'types' does not name them",
                        "'\(type.rawValue)' among the types", "exports.\(type.exportsKey)"))
            }
            return problems
        }
    }

    private func problem(_ message: String, _ expectation: String, _ path: String) -> Diagnostic {
        Diagnostic(.configFunction, message, expected: expectation, at: place(of: path))
    }
}

extension FunctionTableDraft {
    fileprivate func functions(_ type: PluginManifestSpec.FunctionType) -> [Function] {
        switch type {
        case .dataSource: dataSources
        case .action: actions
        case .enrichment: enrichments
        case .validation: validations
        }
    }
}

extension PluginManifestDraft.Permissions {
    /// What each key that is given says as a policy.
    fileprivate func parts(below path: String) -> [(path: String, policy: SandboxPolicy)] {
        var parts = SandboxParts(prefix: path)
        parts.add("network", network) { $0.network.hosts = HostRules($1) }
        parts.add("secrets", secrets) { $0.secrets = Set($1) }
        parts.add("environment", environment) { $0.environment = Set($1) }
        return parts.all
    }
}
