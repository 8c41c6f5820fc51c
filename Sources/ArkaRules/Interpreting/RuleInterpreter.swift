public import ArkaModel

/// Evaluates rules by walking over what the checker made of them, one record at a time.
///
/// Slow and plain on purpose: it shares nothing with planning and evaluation, so tests hold both
/// against it, and explanations come from it.
public struct RuleInterpreter: Sendable {
    private let rules: [CheckedRule]
    private let fields: [CatalogField]

    /// Checks rules as ``compileRules(_:layout:onUnknown:)`` does; `nil` if there is any error.
    public init?(_ sources: [SourceText], layout: RecordLayout, onUnknown: OnUnknown?) {
        var files = RuleFiles(layout: layout, onUnknown: onUnknown)
        var rules: [CheckedRule] = []
        for source in sources {
            files.read(source) { rule, _ in rules.append(rule) }
        }
        guard !files.hasErrors else { return nil }
        self.rules = rules
        fields = files.fields
    }

    /// What each rule says of a record, in the order of the book.
    public func evaluate(_ record: RecordValue) -> [RuleResult] {
        let walk = TreeWalk(record: record, fields: fields)
        return rules.map { rule in
            switch walk.evaluate(rule.condition) {
            case .known(let value):
                RuleResult(rule: rule.name, truth: Truth(value), cause: nil, field: nil)
            case .unknown(let reason):
                RuleResult(
                    rule: rule.name, truth: .unknown, cause: reason.cause, field: reason.field)
            }
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
