import ArkaModel

/// A value on its way out of a rule: a reason, details, an argument of a call. As JSON can say it.
indirect enum Output: Sendable, Hashable {
    case null
    case constant(Constant, Unit)
    /// Whatever stands at a place, objects and arrays included.
    case field(FieldIndex)
    /// A value of one type that had to be computed.
    case value(Value, Unit)
    /// The first that is known.
    case first([Output])
    /// Whether a condition holds.
    case truth(Logic)
    /// A text with values in it.
    case text([OutputPiece])
    case list([Output])

    /// How a number is written.
    enum Unit: Sendable, Hashable {
        /// As a number, or not a number at all.
        case plain
        /// As a date and time.
        case moment
        /// As a duration.
        case duration
    }
}

/// A piece of a text with values in it.
enum OutputPiece: Sendable, Hashable {
    case text([UInt8])
    case value(Output)
}

extension [OutputPiece] {
    /// The whole text, if it is the same for every transaction.
    var constantText: [UInt8]? {
        var text: [UInt8] = []
        for piece in self {
            switch piece {
            case .text(let bytes): text += bytes
            case .value(.constant(let constant, let unit)): text += constant.plainText(unit.form)
            case .value: return nil
            }
        }
        return text
    }
}
