import ArkaModel

/// What the conditions of a conjunction leave over of one value that is compared with constants.
///
/// All constants are of one type. It never calls a range empty that is not: between two different
/// numbers or texts it supposes others.
struct ValueRange {
    private struct Bound {
        let value: Constant
        let isIncluded: Bool
    }

    private var lower: Bound?
    private var upper: Bound?
    /// The constants that are left; `nil` for no limit.
    private var allowed: Set<Constant>?
    private var excluded: Set<Constant> = []
    /// Whether it takes whole numbers only.
    private let isWhole: Bool

    /// Everything that a value may be, as far as its form says.
    init(of value: Value, isWhole: Bool, isText: Bool) {
        self.isWhole = isWhole
        if let limits = value.limits {
            lower = Bound(value: .number(ExactDecimal(limits.lower)), isIncluded: true)
            upper = limits.upper.map {
                Bound(value: .number(ExactDecimal($0)), isIncluded: true)
            }
        } else if isText {
            lower = Bound(value: .text([]), isIncluded: true)
        }
    }

    /// Leaves what compares so with a constant.
    mutating func take(_ comparison: Comparison, _ constant: Constant) {
        switch comparison {
        case .equal: take([constant])
        case .notEqual: excluded.insert(constant)
        case .less, .lessOrEqual:
            raise(
                &upper, Bound(value: constant, isIncluded: comparison == .lessOrEqual), .ascending)
        case .greater, .greaterOrEqual:
            raise(
                &lower, Bound(value: constant, isIncluded: comparison == .greaterOrEqual),
                .descending)
        }
    }

    /// Leaves what is one of some constants.
    mutating func take(_ constants: [Constant]) {
        allowed = allowed?.intersection(constants) ?? Set(constants)
    }

    /// Takes away some constants.
    mutating func exclude(_ constants: [Constant]) {
        excluded.formUnion(constants)
    }

    /// Keeps the tighter of two bounds.
    private func raise(_ bound: inout Bound?, _ new: Bound, _ tighter: Ordering) {
        guard let old = bound else {
            bound = new
            return
        }
        let ordering = new.value.compared(with: old.value)
        if ordering == tighter || (ordering == .same && !new.isIncluded) { bound = new }
    }

    // MARK: What is left

    /// Whether nothing is left.
    var isEmpty: Bool {
        if let allowed { return !allowed.contains(where: contains) }
        if excluded.contains(.boolean(true)), excluded.contains(.boolean(false)) { return true }
        guard let lower, let upper else { return false }
        if isWhole, let isEmpty = hasNoWholeNumber(lower, upper) { return isEmpty }
        switch lower.value.compared(with: upper.value) {
        case .ascending: return false
        case .same:
            return !lower.isIncluded || !upper.isIncluded || excluded.contains(lower.value)
        case .descending: return true
        }
    }

    private func contains(_ constant: Constant) -> Bool {
        guard !excluded.contains(constant) else { return false }
        if let lower {
            let ordering = constant.compared(with: lower.value)
            guard ordering == .descending || (ordering == .same && lower.isIncluded) else {
                return false
            }
        }
        guard let upper else { return true }
        let ordering = constant.compared(with: upper.value)
        return ordering == .ascending || (ordering == .same && upper.isIncluded)
    }

    /// Whether every whole number between two bounds is excluded; `nil` if that would take long.
    private func hasNoWholeNumber(_ lower: Bound, _ upper: Bound) -> Bool? {
        guard case .number(let low) = lower.value, case .number(let high) = upper.value,
            var first = low.rounded(.ceil, decimals: 0),
            let last = high.rounded(.floor, decimals: 0)
        else { return nil }
        // Each number tried is excluded, so their count bounds the search.
        while first <= last {
            if contains(.number(first)) { return false }
            let isAtBound = first == low || first == high
            guard isAtBound || excluded.contains(.number(first)), let next = first.adding(.one)
            else { return nil }
            first = next
        }
        return true
    }
}

extension Value {
    /// The numbers that it lies between, whatever the record.
    fileprivate var limits: (lower: Int64, upper: Int64?)? {
        switch self {
        case .length, .count, .magnitude: (0, nil)
        case .part(let part, _): part.limits
        default: nil
        }
    }

    /// Whether it is a whole number, whatever the record.
    var isWholeNumber: Bool {
        switch self {
        case .length, .count, .part: true
        default: false
        }
    }
}

extension CivilPart {
    fileprivate var limits: (lower: Int64, upper: Int64?) {
        switch self {
        case .year: (0, 9999)
        case .month: (1, 12)
        case .day: (1, 31)
        case .hour: (0, 23)
        case .minute, .second: (0, 59)
        case .weekday: (1, 7)
        case .dayOfYear: (1, 366)
        case .week: (1, 53)
        }
    }
}
