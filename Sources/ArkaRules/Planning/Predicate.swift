public import ArkaModel

/// One comparison: true, false or unknown for each transaction.
///
/// Unknown wherever an operand is unknown, except ``known(_:)``, ``readable(_:as:)`` and
/// ``constant(_:)``.
public enum Predicate: Sendable, Hashable {
    /// A number field against constants: `field > 220`, `field == 3`, `field <= 10`.
    case number(FieldID, Comparison, ExactDecimal)
    /// A number field in a list of constants, sorted and without repetition.
    case numberIn(FieldID, [ExactDecimal])
    /// A string field in a list of constants, sorted by bytes and without repetition;
    /// `field == "x"` is a list of one.
    case textIn(FieldID, [[UInt8]])
    /// A string field ordered against a constant, by bytes. Never `==` or `!=`.
    case text(FieldID, Comparison, [UInt8])
    /// Two string fields compared by bytes.
    case texts(FieldID, Comparison, FieldID)
    /// A boolean field is `true`.
    case isTrue(FieldID)
    /// Two boolean fields are equal.
    case booleansEqual(FieldID, FieldID)
    /// The field has a value: it is there, once, not `null`, and not a number out of range. Its
    /// type does not matter. Never unknown itself.
    case known(FieldID)
    /// The field can be read as (one of) these uses: it is known and has a type that fits. Guards
    /// `x ?? default`. Never unknown itself.
    case readable(FieldID, as: FieldUses)
    /// Anything arithmetic: `amount > 3 * avg_amount`.
    case arithmetic(Term, Comparison, Term)
    /// A quotient against a value: `sum / count > 3`, decided by multiplying across in 256 bits, so
    /// nothing is rounded and nothing overflows: ``ExactDecimal/compare(quotientOf:by:with:)``.
    /// Unknown where the divisor is zero. Operands are read dividend, divisor, value.
    case ratio(Term, Term, Comparison, Term)
    /// A text made of others, and what is asked of it. What the cases above can say is never said
    /// with this one. The text is read before the other one of the test.
    case textTest(TextTerm, TextTest)
    /// A text in a list from a file.
    case listed(TextTerm, ListID)
    /// A number in a list from a file.
    case numberListed(Term, ListID)
    /// An array that is read raw has an element of the same type and value. Elements of other types,
    /// and numbers out of range, equal nothing. Unknown (other type) where it is no array; the array
    /// is read before the value.
    case element(FieldID, ElementValue)
    /// What the checker could decide, such as `1 < 2`.
    case constant(Bool)

    /// The fields that it reads, in source order, possibly repeated.
    public var fields: [FieldID] {
        switch self {
        case .number(let field, _, _), .numberIn(let field, _), .textIn(let field, _),
            .text(let field, _, _), .isTrue(let field), .known(let field),
            .readable(let field, _):
            [field]
        case .texts(let a, _, let b), .booleansEqual(let a, let b): [a, b]
        case .arithmetic(let a, _, let b): a.fields + b.fields
        case .ratio(let a, let b, _, let c): a.fields + b.fields + c.fields
        case .textTest(let text, let test): text.fields + (test.other?.fields ?? [])
        case .listed(let text, _): text.fields
        case .numberListed(let term, _): term.fields
        case .element(let field, let value): [field] + value.fields
        case .constant: []
        }
    }
}

/// How two values are compared.
@frozen public enum Comparison: UInt8, Sendable, Hashable, CaseIterable {
    /// `==`
    case equal
    /// `!=`
    case notEqual
    /// `<`
    case less
    /// `<=`
    case lessOrEqual
    /// `>`
    case greater
    /// `>=`
    case greaterOrEqual
}
