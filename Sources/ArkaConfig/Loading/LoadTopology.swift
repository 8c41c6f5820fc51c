import ArkaDocuments
import ArkaModel

/// Reads a topology with its record schema and rule files.
/// - Parameters:
///   - path: The topology document; paths in it are relative to its directory.
///   - environment: What `${NAME}` stands for.
///   - overrides: `key=value` as given by `--set`, applied before anything is checked.
///   - plugins: The plugins that it may use.
///   - files: How files are read.
/// - Returns: The topology, or everything that is wrong in all of its files at once.
public func loadTopology(
    path: String, environment: [String: String], overrides: [String] = [],
    plugins: LinkedPlugins = LinkedPlugins(), files: FileAccess
) -> Loaded<TopologySpec> {
    let inputs = DocumentInputs(environment: environment, overrides: overrides)
    switch readDocument(.topology, path: path, inputs: inputs, files: files) {
    case .failure(let refusal): return Loaded(nil, [refusal.diagnostic])
    case .success(let result):
        guard let document = result.document else { return Loaded(nil, result.diagnostics) }
        var loader = TopologyLoader(
            document: document, folder: DocumentFolder(of: path, files: files), linked: plugins,
            environment: environment, diagnostics: result.diagnostics)
        let topology = loader.topology()
        return Loaded(topology, inOrder(loader.diagnostics, first: path))
    }
}

/// Puts what was found in a document and its options first and in the order of places; the files that
/// it names keep the order in which they were read.
func inOrder(_ diagnostics: [Diagnostic], first path: String) -> [Diagnostic] {
    let isOwn = { (diagnostic: Diagnostic) in
        diagnostic.source.name == path || diagnostic.source.name == "--set"
    }
    let own = diagnostics.filter(isOwn).sorted { $0.range.start < $1.range.start }
    return own + diagnostics.filter { !isOwn($0) }
}

/// Reads the file of a document and the document in it.
func readDocument<Spec: Sendable>(
    _ kind: DocumentKind<Spec>, path: String, inputs: DocumentInputs, files: FileAccess
) -> Result<DocumentResult<Spec>, LoadRefusal> {
    switch files.read(path) {
    case .success(let bytes):
        return .success(kind.read(SourceText(name: path, utf8: bytes), inputs))
    case .failure(let failure):
        return .failure(LoadRefusal(.unreadable(path, failure)))
    }
}
