import ArkaDocuments
public import ArkaModel
import ArkaRules
import PactPlugins

/// Reads a document of `kind: PluginConfig`.
/// - Parameters:
///   - path: The document.
///   - environment: What `${NAME}` stands for; `${PLUGIN_NAME}` is always the document's own name.
///   - files: How files are read.
/// - Returns: What it says, or everything that is wrong with it at once. Whether its plugin is there is
///   for whoever uses it to find out.
public func loadPluginConfig(
    path: String, environment: [String: String], files: FileAccess
) -> Loaded<PluginConfigSpec> {
    switch files.read(path) {
    case .failure(let failure): Loaded(nil, [.unreadable(path, failure)])
    case .success(let bytes):
        readPluginConfig(SourceText(name: path, utf8: bytes), environment: environment)
    }
}

/// Reads the text of a document of `kind: PluginConfig`, as ``loadPluginConfig(path:environment:files:)``.
public func readPluginConfig(
    _ text: SourceText, environment: [String: String]
) -> Loaded<PluginConfigSpec> {
    readPluginConfig(parseYAML(text), of: text, environment: environment)
}

/// Reads a configuration whose YAML is parsed already.
func readPluginConfig(
    _ yaml: YAMLDocument, of text: SourceText, environment: [String: String]
) -> Loaded<PluginConfigSpec> {
    let result = DocumentKind<PluginConfigDraft>.pluginConfig.read(
        yaml, of: text, DocumentInputs(environment: environment))
    guard let document = result.document else { return Loaded(nil, result.diagnostics) }
    var diagnostics = result.diagnostics
    let spec = document.pluginConfig(&diagnostics)
    return Loaded(spec, inOrder(diagnostics, first: text.name))
}

extension Document where Spec == PluginConfigDraft {
    /// What the document says, and what fields cannot check alone.
    fileprivate func pluginConfig(_ diagnostics: inout [Diagnostic]) -> PluginConfigSpec {
        let parts =
            spec.resources.parts(below: "resources") + spec.sandbox.parts(below: "sandbox")
        return PluginConfigSpec(
            name: name, namespace: spec.namespace, reference: spec.reference,
            version: spec.version, configuration: configuration(&diagnostics),
            environmentTexts: spec.configuration?.environmentTexts ?? [],
            sandbox: parts.map { SandboxPart($0.path, at: place(of: $0.path), $0.policy) },
            logging: spec.logging, places: DocumentPlaces(self))
    }

    private func configuration(_ diagnostics: inout [Diagnostic]) -> PluginValue {
        guard let node = spec.configuration else { return .object([]) }
        guard let value = PluginValue(configuration: node) else {
            diagnostics.append(
                Diagnostic(
                    .configPlugin, "this is no configuration",
                    expected: "a mapping of exact values", at: place(of: "config")))
            return .object([])
        }
        return value
    }
}
