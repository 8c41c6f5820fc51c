/// Reads a topology with its record schema and rule files.
/// - Parameters:
///   - path: The topology document; paths in it are relative to its directory.
///   - environment: What `${NAME}` stands for.
///   - overrides: `key=value` as given by `--set`, applied before anything is checked.
///   - files: How files are read.
/// - Returns: The topology, or everything that is wrong in all of its files at once.
public func loadTopology(
    path: String, environment: [String: String], overrides: [String] = [], files: FileAccess
) -> Loaded<TopologySpec> {
    Loaded(nil, [])
}
