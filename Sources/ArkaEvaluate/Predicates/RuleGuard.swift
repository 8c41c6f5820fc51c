import ArkaModel
import ArkaRules

/// What a rule's conditions say of one field: where its value lies in none of the ranges, the rule is
/// false.
struct RuleGuard {
    /// Where the value is.
    let column: Column
    /// The state column of the field.
    let state: Int32
    /// The codes, or the numbers in the fast form, for which the rule may be true; empty ones where
    /// it can never be. One that ends with the largest number holds that one too.
    let ranges: [Range<Int64>]
    /// For which rows without a value in the column the rule has to be asked nevertheless.
    let care: Care

    /// A column of values.
    enum Column: Hashable {
        case codes(Int32)
        case largeCodes(Int32)
        case numbers(Int32)
    }

    /// What a batch may have in a field besides values that its column holds.
    struct Care: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8
        /// A number that does not fit the column.
        static let wide = Care(rawValue: 1)
        /// Nothing that the rule can read, for whatever cause.
        static let unknown = Care(rawValue: 2)
        /// A value of another type.
        static let otherType = Care(rawValue: 4)
    }
}

/// Finds the guards that a rule offers, one or more for each field that it bounds.
struct RuleGuards {
    private let rule: PlannedRule
    private let layout: ColumnLayout
    /// The conditions that must all hold.
    private var leaves: [(predicate: Predicate, isNegated: Bool)] = []

    init(_ rule: PlannedRule, _ book: RuleBook, _ layout: ColumnLayout) {
        self.rule = rule
        self.layout = layout
        collect(rule.condition, book)
    }

    private mutating func collect(_ condition: Condition, _ book: RuleBook) {
        switch condition {
        case .leaf(let id, let negated): leaves.append((book.predicates[id.index], negated))
        case .all(let parts): for part in parts { collect(part, book) }
        case .any: break
        }
    }

    /// The guards, in the order of the conditions.
    var all: [RuleGuard] {
        var bounds: [Int32: (field: FieldID, range: Range<Int64>)] = [:]
        var guards: [RuleGuard] = []
        for (predicate, isNegated) in leaves {
            switch predicate {
            case .textIn(let field, let list) where !isNegated:
                guards.append(codes(field, list))
            case .numberIn(let field, let list) where !isNegated:
                let column = layout.columns(of: field).number
                let ranges = list.compactMap(\.fast).map { Self.point($0) }
                guards.append(make(.numbers(column), field, ranges))
            case .number(let field, let comparison, let constant):
                let column = layout.columns(of: field).number
                let bound = NumberBound(comparison, constant)
                guard let range = Self.range(bound, isNegated) else { continue }
                let known = bounds[column]?.range ?? Int64.min..<Int64.max
                bounds[column] = (field, range.clamped(to: known))
            default: break
            }
        }
        return guards
            + bounds.sorted { $0.key < $1.key }.map { column, bound in
                make(.numbers(column), bound.field, [bound.range])
            }
    }

    private func codes(_ field: FieldID, _ list: [[UInt8]]) -> RuleGuard {
        let ranges = layout.codes(of: field, list).map { Int64($0)..<Int64($0 + 1) }
        let places = layout.columns(of: field)
        return make(
            places.code >= 0 ? .codes(places.code) : .largeCodes(places.largeCode), field, ranges)
    }

    /// The numbers for which a comparison holds; `nil` if that is no range.
    private static func range(_ bound: NumberBound, _ isNegated: Bool) -> Range<Int64>? {
        switch bound {
        case .below(let bound, let negated):
            negated != isNegated ? bound..<Int64.max : Int64.min..<bound
        case .equal(let value, let negated):
            negated != isNegated ? nil : point(value)
        case .decided: nil
        }
    }

    private static func point(_ value: Int64) -> Range<Int64> {
        value..<(value == .max ? value : value + 1)
    }

    private func make(
        _ column: RuleGuard.Column, _ field: FieldID, _ ranges: [Range<Int64>]
    ) -> RuleGuard {
        RuleGuard(
            column: column, state: layout.columns(of: field).state, ranges: ranges,
            care: care(column, field))
    }

    /// A rule that is unknown where the guard's field is unknown says what becomes of that, unless
    /// another condition makes it false there.
    private func care(_ column: RuleGuard.Column, _ field: FieldID) -> RuleGuard.Care {
        guard rule.onUnknown != .ignore else { return .wide }
        var care: RuleGuard.Care = [.wide, .unknown]
        let place = layout.placeOfField[field.index]
        for case (.known(let other), false) in leaves
        where layout.placeOfField[other.index] == place {
            care = [.wide, .otherType]
        }
        return care
    }
}
