import ArkaModel

/// Conditions that must all hold, and whether they can: decided by what they say of the same value.
///
/// A contradiction that it finds is one on every record. It does not find all: conditions joined by
/// `or` say nothing here, nor do comparisons of two fields. Each condition is looked at once.
struct Conjunction {
    /// A value as it is read.
    private struct Subject: Hashable {
        let value: Value
        let type: ValueTypes
    }

    /// What is asked of something, and the last part that asks.
    private struct Asked<Answer> {
        var answer: Answer
        var part: Int
    }

    private let fields: [CatalogField]
    private var ranges: [Subject: Asked<ValueRange>] = [:]
    /// The types that each field must have at once.
    private var types: [FieldIndex: Asked<ValueTypes>] = [:]
    private var known: [FieldIndex: Int] = [:]
    private var unknown: [FieldIndex: Int] = [:]

    init(fields: [CatalogField]) {
        self.fields = fields
    }

    /// Parts that can never be true together with those before them.
    struct Contradiction {
        /// The later part.
        let part: Int
        /// What it is about, if that has a name.
        let field: String?
    }

    /// Adds a condition that must hold.
    mutating func add(_ logic: Logic, part: Int, negated: Bool = false) {
        switch logic {
        case .not(let inner): add(inner, part: part, negated: !negated)
        case .all(let parts) where !negated: parts.forEach { add($0, part: part) }
        case .any(let parts) where negated: parts.forEach { add($0, part: part, negated: true) }
        case .all, .any, .either: break
        case .known(let field):
            if negated { unknown[field] = part } else { known[field] = part }
        case .truth(let value):
            require(value, .boolean, part) { $0.take(.equal, .boolean(!negated)) }
        case .compare(let a, let comparison, let b, _):
            add(a, negated ? comparison.opposite : comparison, b, part)
        case .member(let value, let constants, _): add(value, constants, negated, part)
        case .listed(let value, _, _), .matches(let value, _): read(value, part)
        case .textTest(let a, _, let b):
            read(a, part)
            read(b, part)
        case .element(let array, let value, _):
            known[array] = part
            read(value, part)
        }
    }

    private mutating func add(_ a: Value, _ comparison: Comparison, _ b: Value, _ part: Int) {
        switch (a, b) {
        case (.constant, .constant): break
        case (_, .constant(let constant)):
            require(a, constant.type, part) { $0.take(comparison, constant) }
        case (.constant(let constant), _):
            require(b, constant.type, part) { $0.take(comparison.mirrored, constant) }
        default:
            read(a, part)
            read(b, part)
        }
    }

    private mutating func add(
        _ value: Value, _ constants: [Constant], _ negated: Bool, _ part: Int
    ) {
        // `x in []` is false and `x not in []` true, whatever `x` is.
        guard let type = constants.first?.type else { return }
        require(value, type, part) { negated ? $0.exclude(constants) : $0.take(constants) }
    }

    private mutating func require(
        _ value: Value, _ type: ValueTypes, _ part: Int, _ change: (inout ValueRange) -> Void
    ) {
        if value.isConstant { return }
        read(value, part)
        if case .field(let field) = value {
            types[field, default: Asked(answer: .all, part: part)].answer.formIntersection(type)
            types[field]?.part = part
        }
        let start = ValueRange(of: value, isWhole: isWhole(value), isText: type == .text)
        let subject = Subject(value: value, type: type)
        change(&ranges[subject, default: Asked(answer: start, part: part)].answer)
        ranges[subject]?.part = part
    }

    private func isWhole(_ value: Value) -> Bool {
        guard case .field(let field) = value else { return value.isWholeNumber }
        return fields[field].types.isDisjoint(with: .number)
    }

    /// Notes the fields without which a condition is unknown.
    private mutating func read(_ value: Value, _ part: Int) {
        switch value {
        case .field(let field), .count(let field): known[field] = part
        case .extreme(_, let values): values.forEach { read($0, part) }
        default: value.operands.forEach { read($0, part) }
        }
    }

    // MARK: The answer

    /// The contradiction in what was added; that of the earliest part, if there are several.
    var contradiction: Contradiction? {
        var found: [Contradiction] = []
        for (subject, range) in ranges where range.answer.isEmpty {
            found.append(Contradiction(part: range.part, field: name(of: subject.value)))
        }
        for (field, types) in types where types.answer.isEmpty {
            found.append(Contradiction(part: types.part, field: fields[field].name))
        }
        for (field, part) in unknown {
            guard let other = known[field] else { continue }
            found.append(Contradiction(part: max(part, other), field: fields[field].name))
        }
        return found.min { ($0.part, $0.field ?? "") < ($1.part, $1.field ?? "") }
    }

    private func name(of value: Value) -> String? {
        switch value {
        case .field(let field), .moment(.field(let field)): fields[field].name
        default: nil
        }
    }
}

extension Comparison {
    /// The comparison that holds where this one does not.
    var opposite: Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }
}
