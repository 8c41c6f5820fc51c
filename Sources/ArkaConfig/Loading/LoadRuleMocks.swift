import ArkaDocuments

/// What `pact rules explain` is told beside a record.
public struct RuleMocks: Sendable {
    /// What the engine would know of the transaction.
    public var surroundings: TestedSurroundings
    /// What functions answer.
    public var mocks: [CallMock]

    /// Says nothing.
    public init(
        surroundings: TestedSurroundings = TestedSurroundings(), mocks: [CallMock] = []
    ) {
        self.surroundings = surroundings
        self.mocks = mocks
    }
}

/// Reads what functions answer while a rule is explained.
/// - Parameters:
///   - path: A document of `kind: RuleMocks`.
///   - files: How files are read.
/// - Returns: The answers, or everything that is wrong with the document at once.
public func loadRuleMocks(path: String, files: FileAccess) -> Loaded<RuleMocks> {
    switch readDocument(.ruleMocks, path: path, inputs: DocumentInputs(), files: files) {
    case .failure(let refusal): return Loaded(nil, [refusal.diagnostic])
    case .success(let result):
        guard let document = result.document else { return Loaded(nil, result.diagnostics) }
        var reader = MockReader()
        let mocks = reader.mocks(document.spec.mocks)
        return Loaded(
            RuleMocks(surroundings: document.spec.context.surroundings, mocks: mocks),
            inOrder(result.diagnostics + reader.diagnostics, first: path))
    }
}
