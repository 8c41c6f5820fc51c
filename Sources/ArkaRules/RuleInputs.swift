public import ArkaModel

/// What rules are checked against besides their own texts.
public struct RuleInputs: Sendable {
    /// What the records look like and which roots the rules see.
    public var layout: RecordLayout
    /// The topology's `rules.on_unknown`; `nil` if it declares none. Then a rule that neither tests
    /// nor repairs an optional field must declare its own.
    public var onUnknown: OnUnknown?
    /// The functions of plugins that rules may call.
    public var functions: FunctionTable
    /// Reads a file that a list comes from: its path as the rule file writes it, and the name of the
    /// rule file, to which it is relative.
    public var listFile:
        @Sendable (_ path: String, _ ruleFile: String) -> Result<SourceText, ListFileFailure>

    /// Makes inputs; without arguments the records may be anything and nothing can be called.
    public init(
        layout: RecordLayout = RecordLayout(), onUnknown: OnUnknown? = nil,
        functions: FunctionTable = FunctionTable(),
        listFile:
            @escaping @Sendable (_ path: String, _ ruleFile: String) -> Result<
                SourceText, ListFileFailure
            > = { _, _ in
                .failure(ListFileFailure("files cannot be read here"))
            }
    ) {
        self.layout = layout
        self.onUnknown = onUnknown
        self.functions = functions
        self.listFile = listFile
    }
}

/// Why the file of a list cannot be read.
public struct ListFileFailure: Error, Sendable, Hashable {
    /// The reason in a few words, such as `no such file`.
    public let reason: String

    /// Makes a failure.
    public init(_ reason: String) {
        self.reason = reason
    }
}
