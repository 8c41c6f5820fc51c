/// A value on its way out of a rule: a reason, details, an argument of a call.
public indirect enum OutputValue: Sendable, Hashable {
    /// JSON that is the same for every transaction.
    case json(String)
    /// Whatever stands at a place, objects and arrays included; null where it is unknown.
    case field(FieldID)
    /// A number, written as its form says.
    case number(Term, NumberForm)
    /// A text.
    case text(TextTerm)
    /// The first that is known, else the last.
    case first([OutputValue])
    /// Whether a condition holds; null where it is unknown.
    case truth(Condition)
    /// A text with values in it. Each is written as people read it, an unknown one as `unknown`.
    case joined([OutputPiece])
    /// A list.
    case list([OutputValue])

    /// A piece of a text with values in it.
    public enum OutputPiece: Sendable, Hashable {
        /// As it is.
        case text([UInt8])
        /// A value; texts without their quotes.
        case value(OutputValue)
    }
}
