/// Says how many levels deep each line starts.
///
/// What an opening bracket holds is one level deeper than the line that opened it, its partner is
/// back at the level of that line. A line that goes on with a statement, or with an element inside
/// brackets, is one level deeper than the line on which that began.
struct Indentation {
    /// A block, or brackets that are open; the file itself is the outermost.
    private struct Frame {
        let kind: Kind
        /// The level of the closing bracket.
        let outside: Int
        /// The level of what is inside.
        let inside: Int
        /// The level of the line on which the current statement or element began.
        var element: Int
    }

    private enum Kind {
        /// Statements or declarations, a line each.
        case block
        /// Elements with commas between them.
        case elements
        /// One expression. What `and` and `or` join in it are equals, so they count as elements.
        case group
    }

    private var frames = [Frame(kind: .block, outside: 0, inside: 0, element: 0)]
    private var previous: LayoutRole?
    /// The level of the current line.
    private var line = 0

    private var frame: Frame { frames[frames.count - 1] }

    /// The level of a line that starts with the next token.
    func level(of role: LayoutRole) -> Int {
        if role.isClosing { return frame.outside }
        return startsElement(role, startsLine: true) ? frame.inside : frame.element + 1
    }

    /// The level of a comment on a line of its own in front of the next token: that of the token,
    /// but inside the block or brackets that end with it.
    func levelOfComment(before role: LayoutRole) -> Int {
        role.isClosing ? frame.inside : level(of: role)
    }

    /// Moves behind a token.
    /// - Parameter startsLine: Whether it is written as the first of a line.
    mutating func take(_ role: LayoutRole, startsLine: Bool) {
        if startsLine { line = level(of: role) }
        if startsElement(role, startsLine: startsLine) { frames[frames.count - 1].element = line }
        switch role {
        case .opening(let bracket): open(bracket == .group ? .group : .elements, at: line)
        case .blockOpening: open(.block, at: frame.inside)
        case .closing, .blockClosing: close()
        default: break
        }
        previous = role
    }

    private mutating func open(_ kind: Kind, at level: Int) {
        frames.append(Frame(kind: kind, outside: level, inside: level + 1, element: level))
    }

    /// The file's own frame stays, whatever is closed.
    private mutating func close() {
        if frames.count > 1 { frames.removeLast() }
    }

    /// Whether a statement, a declaration or an element starts with the next token.
    private func startsElement(_ role: LayoutRole, startsLine: Bool) -> Bool {
        guard let previous else { return true }
        if previous.isOpening || previous == .blockClosing || role == .blockOpening { return true }
        switch frame.kind {
        case .block:
            return startsLine && previous.endsOperand && role != .junction && role != .dot
        case .elements: return previous == .comma
        case .group: return previous == .junction || role == .junction
        }
    }
}
