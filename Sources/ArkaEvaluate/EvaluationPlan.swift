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

    let fields: FieldTable
    let predicates: PredicatePlan
    let programs: RulePrograms
    let fragments: DecisionFragments

    /// Prepares everything that can be prepared before the first record.
    ///
    /// - Precondition: The ids in the book lie within its tables.
    public init(
        book: RuleBook, layout: RecordLayout, rulebookName: String, rulebookDigest: String
    ) {
        self.book = book
        self.layout = layout
        self.rulebookName = rulebookName
        self.rulebookDigest = rulebookDigest
        var tables = ByteStringTables.Builder()
        let columns = ColumnLayout(book, tables: &tables)
        fields = FieldTable(layout, columns: columns, tables: tables)
        predicates = PredicatePlan(book, layout: columns)
        programs = RulePrograms(book)
        fragments = DecisionFragments(book: book, name: rulebookName, digest: rulebookDigest)
    }
}
