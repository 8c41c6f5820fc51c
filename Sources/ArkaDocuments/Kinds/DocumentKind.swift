public import ArkaModel

/// A kind of document: its name and what stands under `spec`.
public struct DocumentKind<Spec: Sendable>: Sendable {
    /// The word behind `kind:`.
    public let name: String
    /// What the document is for, in a sentence.
    public let summary: String
    /// What stands under `spec`.
    public let spec: Section<Spec>
    /// What stands under `metadata` beside the name.
    let metadata: [Field<Spec>]
    /// The variable that stands for the document's name in its values, if there is one.
    let nameVariable: String?

    /// Declares a kind of document.
    /// - Parameters:
    ///   - metadata: The keys under `metadata` beside `name`; they are read into the same value as `spec`.
    ///   - nameVariable: What `${…}` stands for the document's own name in its values. It hides a variable
    ///     of the environment, and has no value where the name is none.
    public init(
        _ name: String, _ summary: String, metadata: [Field<Spec>] = [],
        nameVariable: String? = nil, spec: Section<Spec>
    ) {
        self.name = name
        self.summary = summary
        self.spec = spec
        self.metadata = metadata
        self.nameVariable = nameVariable
    }

    /// What is declared of the whole document, from `apiVersion` to `spec`.
    public var declarations: [FieldDeclaration] { envelope.declarations }
}

/// What was read from a document.
public struct Document<Spec: Sendable>: Sendable {
    /// `metadata.name`
    public var name: String
    /// What stands under `spec`, defaults filled in.
    public var spec: Spec
    /// Where values stand, by dotted path below `spec`, such as `source.topic` or `rules.files[0]`;
    /// paths of keys that are not there are absent. Secrets are blotted out of the texts.
    public var places: [String: SourcePlace]
    /// Where the keys of mappings stand, by the same paths.
    public var keyPlaces: [String: SourcePlace]
    /// The paths of values that came from the environment and must not be shown in messages.
    public var environmentPaths: Set<String>
    /// Where the values below `metadata` stand, by their names.
    public var metadataPlaces: [String: SourcePlace]
    /// The start of the document, for what is nowhere in it.
    public var start: SourcePlace

    /// Where a value stands, or the start of the document if it is a default.
    public func place(of path: String) -> SourcePlace {
        places[path] ?? start
    }
}

/// What came of reading a document.
public struct DocumentResult<Spec: Sendable>: Sendable {
    /// What was read. Fields with an error hold their default: good for finding more errors only.
    /// `nil` where nothing could be read.
    public var document: Document<Spec>?
    /// Everything wrong, in the order found. Never shows a value that is secret or comes from the
    /// environment.
    public var diagnostics: [Diagnostic]
}

/// What documents are read with, beside their text.
public struct DocumentInputs: Sendable {
    /// What `${NAME}` stands for.
    public var environment: [String: String]
    /// `key=value` options, applied in order before anything is checked.
    public var overrides: [String]
    /// The bounds.
    public var limits: DocumentLimits

    /// Makes the inputs; without arguments there is no environment.
    public init(
        environment: [String: String] = [:], overrides: [String] = [],
        limits: DocumentLimits = DocumentLimits()
    ) {
        self.environment = environment
        self.overrides = overrides
        self.limits = limits
    }
}
