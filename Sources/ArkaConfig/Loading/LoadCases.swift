import ArkaDocuments
import ArkaModel

/// Reads golden cases of a topology.
/// - Parameters:
///   - path: A document of `kind: Cases`, such as `topologies/*/cases/*.yaml`.
///   - files: How files are read.
/// - Returns: The cases, or everything that is wrong with the document at once.
public func loadCases(path: String, files: FileAccess) -> Loaded<[GoldenCase]> {
    switch readDocument(.cases, path: path, inputs: DocumentInputs(), files: files) {
    case .failure(let refusal): return Loaded(nil, [refusal.diagnostic])
    case .success(let result):
        guard let document = result.document else { return Loaded(nil, result.diagnostics) }
        var diagnostics = result.diagnostics
        let cases = document.spec.cases.enumerated().compactMap { index, draft in
            let place = document.place(of: "cases[\(index)]")
            guard let outcome = draft.outcome else {
                diagnostics.append(
                    Diagnostic(
                        .configConflict, "the case '\(shown(draft.name))' names no one outcome",
                        expected: "either 'status' or 'dead_letter'", at: place))
                return nil as GoldenCase?
            }
            return GoldenCase(
                name: draft.name, record: draft.record, outcome: outcome, place: place)
        }
        return Loaded(cases, diagnostics)
    }
}

extension CasesDraft.Case {
    /// The one outcome that is named; `nil` if none or two are.
    fileprivate var outcome: GoldenCase.Outcome? {
        switch (status, deadLetter) {
        case (let status?, nil): .decision(status, rules: rules)
        case (nil, let letter?):
            rules.isEmpty ? .deadLetter(code: letter.code, path: letter.path) : nil
        default: nil
        }
    }
}
