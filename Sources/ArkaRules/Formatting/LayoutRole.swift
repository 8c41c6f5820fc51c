/// What a token is to the layout. Only ``LayoutRoleReader`` knows how it follows from the token and
/// its surroundings.
enum LayoutRole: Equatable {
    /// `rule` at the head of a rule.
    case declaration
    /// `when`, `then`, `let`.
    case keyword
    /// A name, a constant in letters, or a reserved word that is a name because it stands behind a
    /// `.`.
    case name
    /// A number or a duration.
    case number
    /// A text.
    case text
    /// `and`, `or`.
    case junction
    /// Any other operator between operands or in front of one, in symbols or in letters.
    case operation
    /// A minus in front of its operand.
    case sign
    case assign, dot, comma, colon
    case opening(Bracket)
    case closing
    case blockOpening, blockClosing
    case endOfFile

    /// What a round or square bracket opens.
    enum Bracket {
        /// The arguments of a call or a head, or an index: it belongs to the name before it.
        case attached
        /// A part of an expression.
        case group
        /// A list of values.
        case list
    }

    /// Whether an operand can end with it, so that a line end behind it ends a statement.
    var endsOperand: Bool {
        switch self {
        case .name, .number, .text, .closing: true
        default: false
        }
    }

    /// Whether a bracket of any kind opens here.
    var isOpening: Bool {
        switch self {
        case .opening, .blockOpening: true
        default: false
        }
    }

    /// Whether a bracket of any kind closes here.
    var isClosing: Bool { self == .closing || self == .blockClosing }

    /// Whether a blank parts it from a token before it on the same line.
    func takesBlank(after previous: LayoutRole) -> Bool {
        switch (previous, self) {
        // `5 .6` would be one number without it.
        case (.number, .dot): true
        case (_, .comma), (_, .colon), (_, .dot), (_, .closing), (_, .opening(.attached)): false
        case (.opening, _), (.dot, _), (.sign, _): false
        default: true
        }
    }
}
