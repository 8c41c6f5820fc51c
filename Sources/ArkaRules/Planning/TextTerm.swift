/// A text made of others. Unknown if a part of it is.
public indirect enum TextTerm: Sendable, Hashable {
    /// A text written in the rule.
    case constant([UInt8])
    /// A text of the record.
    case field(FieldID)
    /// A text after a change.
    case changed(TextTransform, TextTerm)
    /// A text with values in it.
    case joined([OutputValue.OutputPiece])
    /// The second where the first is unknown, whatever the cause.
    case either(TextTerm, TextTerm)
}

/// What is asked of a text.
public enum TextTest: Sendable, Hashable {
    /// How it stands to another one, byte by byte.
    case compared(Comparison, TextTerm)
    /// Whether it is one of some constants, sorted by bytes and without repetition.
    case isIn([[UInt8]])
    /// Whether the other one stands somewhere in it.
    case contains(TextTerm)
    /// Whether it starts with the other one.
    case startsWith(TextTerm)
    /// Whether it ends with the other one.
    case endsWith(TextTerm)
    /// Whether a pattern matches somewhere in it.
    case matches(RulePattern)

    /// The other text that it reads; `nil` if there is none.
    public var other: TextTerm? {
        switch self {
        case .compared(_, let other), .contains(let other), .startsWith(let other),
            .endsWith(let other):
            other
        case .isIn, .matches: nil
        }
    }
}

/// What an element of an array is compared with.
public enum ElementValue: Sendable, Hashable {
    /// A text, byte by byte.
    case text(TextTerm)
    /// A number, by value.
    case number(Term)
    /// `true` or `false`.
    case constant(Bool)
    /// A boolean of the record.
    case boolean(FieldID)
}
