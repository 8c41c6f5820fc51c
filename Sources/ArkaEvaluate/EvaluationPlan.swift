public import ArkaModel
public import ArkaRules

/// A rule book made ready to be executed on records of a layout.
///
/// Made once per topology and shared by all lanes; it never changes.
public struct EvaluationPlan: Sendable {
    /// The rules as planned.
    public let book: RuleBook
    /// How records are read.
    public let layout: RecordLayout
    /// The rule book's name, as decisions state it.
    public let rulebookName: String
    /// The rule book's digest, 16 hexadecimal digits, as decisions state it.
    public let rulebookDigest: String
    /// What rules read as `context.topology`; unknown to them where it is `nil`.
    public let topology: String?
    /// What rules read as `context.jurisdiction`; unknown to them where it is `nil`.
    public let jurisdiction: String?

    let fields: FieldTable
    let predicates: PredicatePlan
    let programs: RulePrograms
    let fragments: DecisionFragments
    /// Which calls rules need; `nil` where they call nothing.
    let calls: CallPlan?
    /// Finds the rules that a batch may fire; `nil` where looking at all of them costs less.
    let index: RuleIndex?

    /// Prepares everything that can be prepared before the first record.
    ///
    /// - Precondition: The ids in the book lie within its tables.
    public init(
        book: RuleBook, layout: RecordLayout, rulebookName: String, rulebookDigest: String,
        topology: String? = nil, jurisdiction: String? = nil
    ) {
        self.book = book
        self.layout = layout
        self.rulebookName = rulebookName
        self.rulebookDigest = rulebookDigest
        self.topology = topology
        self.jurisdiction = jurisdiction
        var tables = ByteStringTables.Builder()
        let columns = ColumnLayout(book, tables: &tables)
        let (record, answers) = FieldTable.all(layout, columns: columns, tables: tables)
        fields = record
        predicates = PredicatePlan(book, layout: columns)
        programs = RulePrograms(book, predicates)
        calls = book.calls.isEmpty ? nil : CallPlan(book, predicates, programs, tables: answers)
        index = RuleIndex.ifWorthwhile(book, columns)
        fragments = DecisionFragments(book: book, name: rulebookName, digest: rulebookDigest)
    }
}
