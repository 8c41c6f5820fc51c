import ArkaModel

/// Turns checked rules into a ``RuleBook``.
///
/// Linear in the size of the rules: every comparison is looked up once in a table, so equal ones
/// are shared between all rules of the book.
struct Planner {
    private var fields: [Field] = []
    private var fieldIDs: [FieldKey: FieldID] = [:]
    private var predicates: [Predicate] = []
    private var predicateIDs: [Predicate: PredicateID] = [:]
    private var rules: [PlannedRule] = []
    private var calls: [PlannedCall] = []
    /// What the indices of the rule at hand mean; `nil` between rules, so that the checker is its
    /// only owner while it grows.
    private var catalog: FieldCatalog?

    /// A field that is read as a moment has an id of its own.
    private struct FieldKey: Hashable {
        let index: FieldIndex
        let isMoment: Bool
    }

    /// Plans a rule and adds it behind those before.
    /// - Parameter catalog: The fields and calls that its indices mean.
    mutating func add(_ rule: CheckedRule, _ catalog: FieldCatalog) {
        self.catalog = catalog
        defer { self.catalog = nil }
        while calls.count < catalog.calls.count { calls.append(plan(catalog.calls[calls.count])) }
        let condition =
            switch plan(rule.condition.folded, negated: false) {
            case .constant(let value): leaf(.constant(value), negated: false)
            case .condition(let condition): condition
            }
        rules.append(
            PlannedRule(
                name: rule.name, condition: condition, actions: rule.actions.map { plan($0) },
                onUnknown: rule.onUnknown, notes: rule.notes))
    }

    /// The whole book.
    /// - Parameter lists: What the indices of lists mean.
    func finish(lists: [BookList]) -> RuleBook {
        RuleBook(
            fields: fields, predicates: predicates, rules: rules, calls: calls, lists: lists)
    }

    /// Pushes `not` down to the comparisons.
    mutating func plan(_ logic: Logic, negated: Bool) -> Draft {
        switch logic {
        case .not(let inner):
            return plan(inner, negated: !negated)
        case .all(let parts), .any(let parts):
            let drafts = parts.map { plan($0, negated: negated) }
            return logic.isAll != negated ? Draft.all(drafts) : Draft.any(drafts)
        case .truth(let value):
            return planTruth(value, negated)
        case .compare(let a, let comparison, let b, let types):
            return planComparison(a, comparison, b, types, negated)
        case .member(let value, let constants, let types):
            return planMember(value, constants, types, negated)
        case .listed(let value, let list, let types):
            let predicate: Predicate =
                types == .number
                ? .numberListed(term(value), ListID(list)) : .listed(text(value), ListID(list))
            return draft(predicate, negated)
        case .textTest(let text, let test, let other):
            return draft(.textTest(self.text(text), textTest(test, other)), negated)
        case .matches(let text, let pattern): return planMatch(text, pattern, negated)
        case .element(let array, let value, let types):
            return planElement(array, value, types, negated)
        case .either(let field, let first, let second):
            return planEither(isText: field, first, second, negated)
        case .known(let field):
            return draft(.known(use(field, as: .presence)), negated)
        }
    }

    // MARK: Tables

    /// The id of a field, which from now on is read in this way too.
    mutating func use(_ index: FieldIndex, as use: FieldUses) -> FieldID {
        let key = FieldKey(index: index, isMoment: use == .moment)
        if let id = fieldIDs[key] {
            fields[id.index].uses.formUnion(use)
            return id
        }
        let field = catalogField(index)
        let id = FieldID(fields.count)
        fields.append(
            Field(
                origin: field.place.origin, path: field.steps, name: field.name, uses: use))
        fieldIDs[key] = id
        return id
    }

    func catalogField(_ index: FieldIndex) -> CatalogField {
        guard let catalog else { preconditionFailure("a field is used outside of its rule") }
        return catalog.fields[index]
    }

    /// A leaf for a predicate; `!=`, `<=` and `>=` are the opposites of others, so that a pair such
    /// as `x < 3` and `x >= 3` is evaluated once.
    mutating func draft(_ predicate: Predicate, _ negated: Bool) -> Draft {
        let (canonical, isOpposite) = predicate.canonical
        return .condition(leaf(canonical, negated: negated != isOpposite))
    }

    private mutating func leaf(_ predicate: Predicate, negated: Bool) -> Condition {
        let next = PredicateID(predicates.count)
        let id = predicateIDs[predicate, default: next]
        if id == next {
            predicateIDs[predicate] = id
            predicates.append(predicate)
        }
        return .leaf(id, negated: negated)
    }
}

/// A condition on its way into the plan.
enum Draft {
    /// It was decided already.
    case constant(Bool)
    case condition(Condition)

    /// All of them, without what is certain. The order is kept, because causes depend on it.
    static func all(_ parts: [Draft]) -> Draft {
        join(parts, neutral: true) { condition in
            guard case .all(let inner) = condition else { return nil }
            return inner
        } make: {
            .all($0)
        }
    }

    /// One of them, without what is certainly false.
    static func any(_ parts: [Draft]) -> Draft {
        join(parts, neutral: false) { condition in
            guard case .any(let inner) = condition else { return nil }
            return inner
        } make: {
            .any($0)
        }
    }

    private static func join(
        _ parts: [Draft], neutral: Bool, flatten: (Condition) -> [Condition]?,
        make: ([Condition]) -> Condition
    ) -> Draft {
        var conditions: [Condition] = []
        for part in parts {
            switch part {
            case .constant(neutral): continue
            case .constant: return part
            case .condition(let condition): conditions += flatten(condition) ?? [condition]
            }
        }
        guard let first = conditions.first else { return .constant(neutral) }
        return .condition(conditions.count == 1 ? first : make(conditions))
    }
}

extension CatalogField.Place {
    fileprivate var origin: Field.Origin {
        switch self {
        case .record: .record
        case .call(let call, _): .call(CallID(call))
        case .context(let value): .context(value)
        }
    }
}

extension Logic {
    fileprivate var isAll: Bool {
        guard case .all = self else { return false }
        return true
    }
}

extension Predicate {
    /// The predicate that stands for this one and its opposite, and whether this is the opposite.
    fileprivate var canonical: (Predicate, isOpposite: Bool) {
        switch self {
        case .number(let field, let comparison, let value):
            (.number(field, comparison.canonical, value), comparison.isOpposite)
        case .text(let field, let comparison, let value):
            (.text(field, comparison.canonical, value), comparison.isOpposite)
        case .texts(let a, let comparison, let b):
            (.texts(a, comparison.canonical, b), comparison.isOpposite)
        case .arithmetic(let a, let comparison, let b):
            (.arithmetic(a, comparison.canonical, b), comparison.isOpposite)
        case .ratio(let a, let b, let comparison, let c):
            (.ratio(a, b, comparison.canonical, c), comparison.isOpposite)
        default: (self, false)
        }
    }
}

extension Comparison {
    /// `==`, `<` or `>`: this one, or the one that it is the opposite of.
    fileprivate var canonical: Comparison {
        switch self {
        case .equal, .notEqual: .equal
        case .less, .greaterOrEqual: .less
        case .greater, .lessOrEqual: .greater
        }
    }

    fileprivate var isOpposite: Bool { self != canonical }
}
