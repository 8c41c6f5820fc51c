import ArkaDocuments
import ArkaModel
import ArkaRules

extension FunctionTableDraft.Function {
    /// The function as rules are checked against it.
    func signature(_ plugin: String, _ kind: FunctionSignature.Kind) -> FunctionSignature {
        FunctionSignature(
            plugin: plugin, name: name, kind: kind, summary: description,
            parameters: parameters.map(\.parameter),
            result: result.isEmpty
                ? .any : .constrained(.init(types: .object, properties: result)))
    }
}

extension FunctionTableDraft.Parameter {
    fileprivate var parameter: FunctionSignature.Parameter {
        FunctionSignature.Parameter(
            name, schema, isRequired: isRequired ?? (defaultValue == nil),
            defaultValue: defaultValue.map { RecordValue($0).jsonText })
    }
}
