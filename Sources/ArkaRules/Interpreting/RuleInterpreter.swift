public import ArkaModel

/// Evaluates rules by walking over what the checker made of them, one record at a time.
///
/// Slow and plain on purpose: it shares nothing with planning and evaluation, so tests hold both
/// against it, and explanations come from it.
public struct RuleInterpreter: Sendable {
    let rules: [CheckedRule]
    let fields: [CatalogField]
    let calls: [CheckedCall]
    let lists: [BookList]

    /// Checks rules as ``compileRules(_:_:)`` does; `nil` if there is any error.
    public init?(_ sources: [SourceText], _ inputs: RuleInputs) {
        var files = RuleFiles(sources, inputs)
        var rules: [CheckedRule] = []
        files.read { rule, _ in rules.append(rule) }
        guard !files.hasErrors else { return nil }
        self.rules = rules
        fields = files.fields
        calls = files.calls
        lists = files.lists
    }

    /// The same for rules that neither call anything nor read lists from files.
    public init?(_ sources: [SourceText], layout: RecordLayout, onUnknown: OnUnknown?) {
        self.init(sources, RuleInputs(layout: layout, onUnknown: onUnknown))
    }

    /// What each rule says of a record, in the order of the book. No call is made.
    public func evaluate(_ record: RecordValue) -> [RuleResult] {
        evaluate(RecordInputs(record))
    }

    /// What each rule says of a transaction, in the order of the book. No call is made.
    public func evaluate(_ inputs: RecordInputs) -> [RuleResult] {
        let walk = TreeWalk(inputs, fields: fields, lists: lists)
        return rules.map { $0.result(walk) }
    }
}

extension CheckedRule {
    func result(_ walk: TreeWalk) -> RuleResult {
        switch walk.evaluate(condition) {
        case .known(let value):
            RuleResult(rule: name, truth: Truth(value), cause: nil, field: nil)
        case .unknown(let reason):
            RuleResult(rule: name, truth: .unknown, cause: reason.cause, field: reason.field)
        }
    }
}

/// What a rule says of a record.
public struct RuleResult: Sendable, Hashable {
    /// The rule's name.
    public let rule: String
    /// Only `yes` lets it fire.
    public let truth: Truth
    /// Why it is unknown; `nil` if it is known.
    public let cause: UnknownCause?
    /// The field that is unknown, as the first rule wrote it; `nil` where arithmetic failed.
    public let field: String?
}
