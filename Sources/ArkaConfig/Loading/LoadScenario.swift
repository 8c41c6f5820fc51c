import ArkaDocuments
import ArkaModel

/// Reads a scenario of `pact bench`.
/// - Parameters:
///   - path: The document; paths in it are relative to its directory.
///   - environment: What `${NAME}` stands for.
///   - files: How files are read.
/// - Returns: The scenario with paths that the program can open, or everything that is wrong with the
///   document. The files that it names are not looked at.
public func loadScenario(
    path: String, environment: [String: String], files: FileAccess
) -> Loaded<ScenarioSpec> {
    let inputs = DocumentInputs(environment: environment)
    switch readDocument(.scenario, path: path, inputs: inputs, files: files) {
    case .failure(let refusal): return Loaded(nil, [refusal.diagnostic])
    case .success(let result):
        guard let document = result.document else { return Loaded(nil, result.diagnostics) }
        let folder = DocumentFolder(of: path, files: files)
        var scenario = document.spec
        scenario.name = document.name
        scenario.topology = folder.path(scenario.topology)
        scenario.messages = folder.path(scenario.messages)
        return Loaded(scenario, result.diagnostics + repeatedGuarantee(in: document))
    }
}

private func repeatedGuarantee(in document: Document<ScenarioSpec>) -> [Diagnostic] {
    let guarantees = document.spec.guarantees
    guard Set(guarantees).count < guarantees.count else { return [] }
    return [
        Diagnostic(
            .configConflict, "'guarantees' names one twice", expected: "each once",
            at: document.place(of: "guarantees"))
    ]
}
