public import ArkaModel
public import ArkaRules

/// The rules of a topology: their texts and what they compile to.
public struct RulesSpec: Sendable {
    /// The rule files in the order in which they are compiled; the digest of the rule book is taken
    /// over them.
    public var sources: [SourceText]
    /// `rules.on_unknown`; `nil` where the topology does not declare it. Rules without one of their
    /// own then follow ``OnUnknown/review``.
    public var onUnknown: OnUnknown?
    /// All rules, ready to be evaluated.
    public var book: RuleBook
    /// What the lists from files hold, each named by its path; the digest is taken over them too.
    public var listFiles: [SourceText]
    /// What rules may call.
    public var functions: FunctionTable
    /// The functions that the rules call, actions too, in the order of their first calls.
    public var calledFunctions: [CalledFunction]

    /// Makes the rules of a topology; without arguments there are none and all is compliant.
    public init(
        sources: [SourceText] = [], onUnknown: OnUnknown? = nil,
        book: RuleBook = RuleBook(fields: [], predicates: [], rules: []),
        listFiles: [SourceText] = [], functions: FunctionTable = FunctionTable(),
        calledFunctions: [CalledFunction] = []
    ) {
        self.sources = sources
        self.onUnknown = onUnknown
        self.book = book
        self.listFiles = listFiles
        self.functions = functions
        self.calledFunctions = calledFunctions
    }
}
