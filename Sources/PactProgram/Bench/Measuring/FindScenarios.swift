import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaSystem

/// Finds the documents of the scenarios that the user asked for.
/// - Parameter name: A scenario's name, or the path of a document; `nil` for all that there are.
/// - Throws: `SystemError` (`cannotOpenFile`) if there is none.
func scenarioPaths(_ name: String?) throws(SystemError) -> [String] {
    if let name, name.hasSuffix(".yaml") || name.contains("/") { return [name] }
    guard let folder = projectFolder("bench/scenarios", holding: "rules-100.yaml") else {
        throw SystemError(
            .cannotOpenFile, "bench/scenarios",
            "it is not here; run the bench from the project's folder, or name a document")
    }
    let names = try listDirectory(folder).filter { $0.hasSuffix(".yaml") }
        .map { String($0.dropLast(".yaml".count)) }.sorted()
    let choices = names + [ruleBookBench, callsBench]
    guard let name else { return names.map { "\(folder)/\($0).yaml" } }
    guard names.contains(name) else {
        let near = nearName(to: name, among: choices).map { "; did you mean '\($0)'?" } ?? ""
        throw SystemError(
            .cannotOpenFile, name,
            "there is no such scenario among \(choices.joined(separator: ", "))\(near)")
    }
    return ["\(folder)/\(name).yaml"]
}

/// A scenario with the topology that it names.
struct LoadedScenario {
    var scenario: ScenarioSpec
    let topology: TopologySpec
}

/// Reads a scenario and its topology and prints everything that is wrong with either.
/// - Returns: `nil` if there is an error.
func loadScenarioAndTopology(_ path: String) -> LoadedScenario? {
    let scenario = loadScenario(
        path: path, environment: Child.currentEnvironment, files: .system)
    show(scenario.diagnostics)
    guard let spec = scenario.value else { return nil }
    // These only stand for the names that each run gets.
    let names = benchEnvironment(
        bootstrap: ["127.0.0.1:9092"], source: "bench-source", decisions: "bench-decisions",
        deadLetters: "bench-dlq", group: "bench", guarantee: .exactlyOnce)
    let topology = loadTopology(
        path: topologyPath(spec.topology),
        environment: Child.currentEnvironment.merging(names) { $1 }, files: .system)
    show(topology.diagnostics)
    return topology.value.map { LoadedScenario(scenario: spec, topology: $0) }
}

private func show(_ diagnostics: [Diagnostic]) {
    StandardStream.error.write(diagnostics.map { $0.rendered() + "\n" }.joined())
}
