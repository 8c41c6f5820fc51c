import ArkaModel
import ArkaRules
import ArkaText

/// Computed numbers.
extension RowEvaluator {
    /// Evaluates a term, left to right; the first failure counts.
    func value(_ term: Term, _ row: Int) -> Operand<ExactDecimal> {
        switch term {
        case .constant(let constant): return .known(constant)
        case .field(let field): return number(field, row)
        case .negate(let inner): return changed(inner, term, row) { $0.negated }
        case .magnitude(let inner):
            return changed(inner, term, row) { $0 < .zero ? $0.negated : $0 }
        case .rounded(let inner, let rounding, let decimals):
            return changed(inner, term, row) { $0.rounded(rounding, decimals: decimals) }
        case .add(let a, let b): return combined(a, b, term, row) { $0.adding($1) }
        case .subtract(let a, let b): return combined(a, b, term, row) { $0.subtracting($1) }
        case .multiply(let a, let b): return product(a, b, term, row)
        case .either(let a, let b):
            if case .known(let value) = value(a, row) { return .known(value) }
            return value(b, row)
        case .extreme(let extreme, let terms): return self.extreme(extreme, terms, row)
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            return quotient(a, b, rounding, decimals, term, row)
        case .length(let text): return self.text(text, row).map { ExactDecimal(Self.scalars($0)) }
        case .count(let field): return array(field, row).map { ExactDecimal(Self.elements($0)) }
        case .moment(let text): return moment(text, row)
        case .part(let part, let inner): return self.part(part, inner, row)
        }
    }

    private func changed(
        _ inner: Term, _ whole: Term, _ row: Int, _ operation: (ExactDecimal) -> ExactDecimal?
    ) -> Operand<ExactDecimal> {
        value(inner, row).flatMap { operand in
            operation(operand).map { .known($0) } ?? failed(.overflow, whole)
        }
    }

    private func combined(
        _ a: Term, _ b: Term, _ whole: Term, _ row: Int,
        _ operation: (ExactDecimal, ExactDecimal) -> ExactDecimal?
    ) -> Operand<ExactDecimal> {
        value(a, row).flatMap { x in
            value(b, row).flatMap { y in
                operation(x, y).map { .known($0) } ?? failed(.overflow, whole)
            }
        }
    }

    private func product(
        _ a: Term, _ b: Term, _ whole: Term, _ row: Int
    ) -> Operand<ExactDecimal> {
        value(a, row).flatMap { x in
            value(b, row).flatMap { y in
                do throws(ArithmeticFailure) {
                    return .known(try x.multiplied(by: y))
                } catch {
                    return failed(error == .overflow ? .overflow : .inexact, whole)
                }
            }
        }
    }

    private func quotient(
        _ a: Term, _ b: Term, _ rounding: Rounding, _ decimals: Int, _ whole: Term, _ row: Int
    ) -> Operand<ExactDecimal> {
        value(a, row).flatMap { x in
            value(b, row).flatMap { y in
                guard y != .zero else { return failed(.dividedByZero, b) }
                return x.divided(by: y, rounding, decimals: decimals).map { .known($0) }
                    ?? failed(.overflow, whole)
            }
        }
    }

    private func extreme(
        _ extreme: Extreme, _ terms: [Term], _ row: Int
    ) -> Operand<ExactDecimal> {
        var best = value(terms[0], row)
        for term in terms.dropFirst() {
            best = best.flatMap { best in
                value(term, row).map { extreme == .min ? min(best, $0) : max(best, $0) }
            }
        }
        return best
    }

    private func moment(_ text: TextTerm, _ row: Int) -> Operand<ExactDecimal> {
        self.text(text, row).flatMap { bytes in
            Timestamp.seconds(bytes).map { .known($0) }
                ?? .unknown(
                    Reason(cause: .otherType, field: text.fields.first ?? FieldID(-1)))
        }
    }

    private func part(
        _ part: CivilPart, _ inner: Term, _ row: Int
    ) -> Operand<ExactDecimal> {
        value(inner, row).flatMap { seconds in
            guard let time = CivilTime(secondsSince1970: seconds) else {
                return failed(.outOfRange, inner)
            }
            return .known(ExactDecimal(Int64(part.value(of: time))))
        }
    }

    /// A quotient against a value; a divisor of zero counts before the value does.
    func ratio(
        _ dividend: Term, _ divisor: Term, _ comparison: Comparison, _ other: Term, _ row: Int
    ) -> Answer {
        value(dividend, row).flatMap { a in
            value(divisor, row).flatMap { b in
                guard b != .zero else { return failed(.dividedByZero, divisor) }
                return value(other, row).flatMap { c in
                    guard let ordering = ExactDecimal.compare(quotientOf: a, by: b, with: c)
                    else { return failed(.dividedByZero, divisor) }
                    return .known(comparison.holds(ordering))
                }
            }
        }
    }

    /// A failure of arithmetic; it names the first field that the term reads.
    private func failed<Value>(_ cause: UnknownCause, _ term: Term) -> Operand<Value> {
        .unknown(Reason(cause: cause, field: term.fields.first ?? FieldID(-1)))
    }

    /// Whether a number is in a list from a file.
    func isListed(_ number: ExactDecimal, _ list: ListID) -> Bool {
        guard case .numbers(_, let numbers) = lists[list.index] else {
            preconditionFailure("a list is built for the type that is looked up")
        }
        return numbers.contains(number)
    }
}

extension Comparison {
    /// Whether two things that stand like this to each other fulfil the comparison.
    func holds(_ ordering: Ordering) -> Bool {
        switch self {
        case .equal: ordering == .same
        case .notEqual: ordering != .same
        case .less: ordering == .ascending
        case .lessOrEqual: ordering != .descending
        case .greater: ordering == .descending
        case .greaterOrEqual: ordering != .ascending
        }
    }

    /// Compares numbers.
    func holds(_ a: ExactDecimal, _ b: ExactDecimal) -> Bool {
        holds(a < b ? .ascending : a == b ? .same : .descending)
    }

    /// Compares strings by bytes; a string is smaller than one it begins.
    // SAFETY: both are read within their counts only, for the time of the call.
    func holds(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        let common = min(a.count, b.count)
        for i in 0..<common where a[i] != b[i] {
            return holds(a[i] < b[i] ? .ascending : .descending)
        }
        return holds(a.count < b.count ? .ascending : a.count == b.count ? .same : .descending)
    }
}
