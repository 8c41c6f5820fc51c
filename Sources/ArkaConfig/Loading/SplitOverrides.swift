import ArkaDocuments

/// Deals out `--set` options between the two documents of `pact run`.
/// - Returns: Those whose first key an engine document has, and all others, which go to the topology;
///   a key that neither has is refused there. `kafka` is the engine's: its word wins. Of `plugins` only
///   `plugins.path` is the engine's.
public func splitOverrides(_ options: [String]) -> (topology: [String], engine: [String]) {
    let engineKeys = Set(engineDocument.spec.declarations.map(\.name))
    var topology: [String] = []
    var engine: [String] = []
    for option in options {
        let key = option.prefix { $0 != "." && $0 != "=" }
        let isOfTopology = key == "plugins" && !option.hasPrefix("plugins.path")
        if engineKeys.contains(String(key)), !isOfTopology {
            engine.append(option)
        } else {
            topology.append(option)
        }
    }
    return (topology, engine)
}
