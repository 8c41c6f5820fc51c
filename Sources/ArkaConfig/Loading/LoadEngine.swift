import ArkaDocuments
import ArkaModel

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
    let inputs = DocumentInputs(environment: environment, overrides: overrides)
    guard let path else { return checked(engineDocument.readDefaults(inputs)) }
    switch readDocument(engineDocument, path: path, inputs: inputs, files: files) {
    case .failure(let refusal): return Loaded(nil, [refusal.diagnostic])
    case .success(let result): return checked(result)
    }
}

/// Checks what fields cannot check alone.
private func checked(_ result: DocumentResult<EngineSpec>) -> Loaded<EngineSpec> {
    guard let document = result.document else { return Loaded(nil, result.diagnostics) }
    var spec = document.spec
    var diagnostics = result.diagnostics + spec.kafka.refusedProperties(in: document)
    diagnostics += secretProblems(document)
    // With the same or a longer wait, a crash blocks readers of committed decisions for a minute.
    if spec.messageTimeout >= spec.transactionTimeout {
        let given = document.places["message_timeout"] != nil
        diagnostics.append(
            Diagnostic(
                .configConflict, "'message_timeout' is not below 'transaction_timeout'",
                expected: "a decision to time out before its transaction does",
                at: document.place(of: given ? "message_timeout" : "transaction_timeout")))
    }
    spec.kafka = spec.kafka.placed(in: document)
    return Loaded(spec, inOrder(diagnostics, first: document.start.source.name))
}
