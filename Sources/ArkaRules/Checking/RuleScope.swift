import ArkaModel

/// What a rule has named so far.
struct RuleScope {
    /// A `let`.
    struct Binding {
        let name: NameSyntax
        /// Its value; `nil` if it was reported, or is a path that only its uses complete.
        var value: CheckedExpression?
        /// The whole path, if it is nothing but one; uses may go on with it.
        var path: BoundPath?
        /// The fields that its value reads.
        var reads: [FieldRead] = []
        var isUsed = false
        var isFaulty: Bool { value == nil && path == nil }
    }

    /// A place where an unknown field would make the rule unknown.
    struct FieldRead {
        let field: FieldIndex
        let range: SourceRange
    }

    private(set) var bindings: [Binding] = []
    /// Fields read without a default, each once.
    private(set) var reads: [FieldRead] = []
    private var readFields: Set<FieldIndex> = []
    /// Places that `is known` or `is unknown` asks for.
    private(set) var testedPlaces: Set<CatalogField.Place> = []
    /// Whether its conditions were found to contradict each other.
    var hasContradiction = false
    /// How large everything is that the rule says; see ``Limits/ruleOperationsMax``.
    var outputOperations = 0

    // MARK: Lets

    var letCount: Int { bindings.count }
    var hasFaultyLet: Bool { bindings.contains(where: \.isFaulty) }
    var unusedLets: [NameSyntax] { bindings.filter { !$0.isUsed }.map(\.name) }
    var letNames: [String] { bindings.map(\.name.text) }

    func binding(named name: String) -> Binding? {
        bindings.first { $0.name.text == name }
    }

    mutating func add(_ binding: Binding) {
        bindings.append(binding)
    }

    /// Notes that a `let` is used and gives it.
    mutating func use(_ name: String) -> Binding? {
        guard let index = bindings.firstIndex(where: { $0.name.text == name }) else { return nil }
        bindings[index].isUsed = true
        return bindings[index]
    }

    // MARK: Fields

    mutating func read(_ field: FieldIndex, at range: SourceRange) {
        if readFields.insert(field).inserted { reads.append(FieldRead(field: field, range: range)) }
    }

    mutating func test(_ place: CatalogField.Place) {
        testedPlaces.insert(place)
    }

    /// Starts a new list of reads and gives the old one, to be handed to ``restore(_:)``.
    mutating func takeReads() -> [FieldRead] {
        defer { restore([]) }
        return reads
    }

    mutating func restore(_ reads: [FieldRead]) {
        self.reads = reads
        readFields = Set(reads.map(\.field))
    }

    /// Whether the rule asks for this place, or for a part of its path that covers all that may be
    /// missing.
    func tests(_ field: CatalogField) -> Bool {
        guard !testedPlaces.isEmpty else { return false }
        return (field.optionalLength...field.steps.count).contains { length in
            testedPlaces.contains(field.place.prefix(length))
        }
    }
}

extension CatalogField.Place {
    /// The place that so many of its steps lead to.
    fileprivate func prefix(_ length: Int) -> CatalogField.Place {
        switch self {
        case .record(let steps): .record(Array(steps.prefix(length)))
        case .call(let call, let steps): .call(call, Array(steps.prefix(length)))
        case .context: self
        }
    }
}
