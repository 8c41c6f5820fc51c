import ArkaCommandLine
import ArkaSystem

/// Arguments that several commands have, declared once.
enum SharedArguments {
    static let topology = Argument<String>.positional(
        "topology", candidates: .files,
        help: "The topology document, or the directory with its topology.yaml")
    static let optionalTopology = Argument<String?>.positional(
        optional: "topology", candidates: .files,
        help: "The topology document, or the directory with its topology.yaml")
    static let settings = Argument<[KeyValue]>.options(
        "set", help: "Override a key of the documents")
    static let json = Argument<Bool>.flag("json", help: "Print the result as JSON")
}

/// The document that a user means by a topology: a directory stands for its `topology.yaml`.
func topologyPath(_ path: String) -> String {
    guard isDirectory(path) else { return path }
    return path.hasSuffix("/") ? path + "topology.yaml" : path + "/topology.yaml"
}
