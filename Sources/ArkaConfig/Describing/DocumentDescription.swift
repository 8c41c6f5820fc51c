import ArkaDocuments
public import ArkaModel

/// A kind of document as its declaration describes it: the source of its reference, its example and its
/// JSON Schema.
public struct DocumentDescription: Sendable {
    /// The word behind `kind:`.
    public let kind: String
    /// What the document is for, in a sentence.
    public let summary: String
    /// What is declared of the whole document, from `apiVersion` to `spec`.
    let declarations: [FieldDeclaration]
    /// Reads a text as a document of this kind, as far as its fields can be checked alone.
    public let check: @Sendable (SourceText) -> [Diagnostic]

    init(_ kind: DocumentKind<some Sendable>) {
        self.kind = kind.name
        summary = kind.summary
        declarations = kind.declarations
        check = { kind.read($0).diagnostics }
    }
}

/// All kinds of documents: what a user writes first, then what tests and measures it.
public let documentKinds: [DocumentDescription] = [
    DocumentDescription(DocumentKind<TopologyDraft>.topology),
    DocumentDescription(engineDocument),
    DocumentDescription(DocumentKind<PluginConfigDraft>.pluginConfig),
    DocumentDescription(DocumentKind<PluginManifestDraft>.pluginManifest),
    DocumentDescription(DocumentKind<FunctionTableDraft>.functionTable),
    DocumentDescription(DocumentKind<RuleTestsDraft>.ruleTests),
    DocumentDescription(DocumentKind<RuleMocksDraft>.ruleMocks),
    DocumentDescription(DocumentKind<CasesDraft>.cases),
    DocumentDescription(DocumentKind<ScenarioSpec>.scenario),
]

/// What is known of one key of a document.
public struct DescribedKey: Sendable, Hashable {
    /// Its path: below `spec`, or from `metadata` on. `[]` stands for an item of a list.
    public var path: String
    /// What its values are, in Markdown.
    public var type: String
    /// Whether the document is wrong without it.
    public var isRequired: Bool
    /// What holds without it; `nil` for nothing.
    public var standing: String?
    /// A value as people write it.
    public var example: String?
    /// Whether its value is never printed.
    public var isSecret: Bool
    /// What it does.
    public var summary: String
}

extension DocumentDescription {
    /// All keys that hold a value, in the order in which they are declared: those of `metadata` but the
    /// name, which every document has, then those of `spec`.
    public var keys: [DescribedKey] {
        declarations.flatMap { declaration -> [DescribedKey] in
            guard case .section(let inner) = declaration.shape else { return [] }
            return declaration.name == "spec"
                ? described(inner, below: "")
                : described(inner.filter { $0.name != "name" }, below: declaration.name + ".")
        }
    }
}

/// What is known of the keys of a section.
private func described(_ declarations: [FieldDeclaration], below path: String) -> [DescribedKey] {
    declarations.flatMap { field -> [DescribedKey] in
        let key = path + field.name
        switch field.shape {
        case .section(let inner): return described(inner, below: key + ".")
        case .list(.section(let inner)): return described(inner, below: key + "[].")
        default:
            return [
                DescribedKey(
                    path: key, type: field.shape.documentation, isRequired: field.isRequired,
                    standing: field.defaultText.map(standing), example: field.example,
                    isSecret: field.isSecret, summary: field.summary)
            ]
        }
    }
}

/// Values stand in code type, words do not.
private func standing(_ text: String) -> String {
    if text.hasPrefix("("), text.hasSuffix(")") { return String(text.dropFirst().dropLast()) }
    return "`\(text)`"
}
