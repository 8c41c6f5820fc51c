public import ArkaModel

/// A numeric expression over fields, exact throughout.
///
/// Evaluated left to right; the first unknown operand or failure makes the whole unknown. There is
/// no division here that is not rounded: see ``Predicate/ratio(_:_:_:_:)``.
public indirect enum Term: Sendable, Hashable {
    /// A number written in the rule.
    case constant(ExactDecimal)
    /// A number of the record.
    case field(FieldID)
    /// `-x`
    case negate(Term)
    /// `a + b`
    case add(Term, Term)
    /// `a - b`
    case subtract(Term, Term)
    /// `a * b`
    case multiply(Term, Term)
    /// `x ?? default`: the second where the first is unknown, whatever the cause.
    case either(Term, Term)
    /// `abs(x)`
    case magnitude(Term)
    /// `min(a, b, …)` or `max(a, b, …)`; at least two.
    case extreme(Extreme, [Term])
    /// `round(x, decimals)` and its kin.
    case rounded(Term, Rounding, decimals: Int)
    /// `round(a / b, decimals)` and its kin: rounded once. Unknown where the divisor is zero.
    case roundedQuotient(Term, Term, Rounding, decimals: Int)
    /// The Unicode scalars of a text.
    case length(TextTerm)
    /// The elements of an array that is read raw; unknown (other type) where it is none.
    case count(FieldID)
    /// A text that says a date and time, as seconds since 1970; unknown (other type) where it says
    /// none.
    case moment(TextTerm)
    /// A part of a moment in seconds since 1970, in UTC; unknown (out of range) outside of the years
    /// that four digits write.
    case part(CivilPart, Term)
}

extension Term {
    /// The fields that it reads, in source order, possibly repeated.
    public var fields: [FieldID] {
        switch self {
        case .constant: []
        case .field(let field), .count(let field): [field]
        case .negate(let term), .magnitude(let term), .rounded(let term, _, _),
            .part(_, let term):
            term.fields
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
            .either(let a, let b), .roundedQuotient(let a, let b, _, _):
            a.fields + b.fields
        case .extreme(_, let terms): terms.flatMap(\.fields)
        case .length(let text), .moment(let text): text.fields
        }
    }
}

extension TextTerm {
    /// The fields that it reads, in source order, possibly repeated.
    public var fields: [FieldID] {
        switch self {
        case .constant: []
        case .field(let field): [field]
        case .changed(_, let text): text.fields
        case .joined(let pieces): pieces.flatMap(\.fields)
        case .either(let a, let b): a.fields + b.fields
        }
    }
}

extension ElementValue {
    /// The fields that it reads, in source order, possibly repeated.
    public var fields: [FieldID] {
        switch self {
        case .text(let text): text.fields
        case .number(let term): term.fields
        case .constant: []
        case .boolean(let field): [field]
        }
    }
}

extension OutputValue {
    /// The fields that it reads, in source order, possibly repeated; those of conditions are read by
    /// their predicates.
    public var fields: [FieldID] {
        switch self {
        case .json, .truth: []
        case .field(let field): [field]
        case .number(let term, _): term.fields
        case .text(let text): text.fields
        case .first(let values), .list(let values): values.flatMap(\.fields)
        case .joined(let pieces): pieces.flatMap(\.fields)
        }
    }
}

extension OutputValue.OutputPiece {
    /// The fields that it reads, in source order, possibly repeated.
    public var fields: [FieldID] {
        switch self {
        case .text: []
        case .value(let value): value.fields
        }
    }
}
