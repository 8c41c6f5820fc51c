import ArkaModel

/// Finds where in a pattern a fault is, of which RE2 only says how it reads.
///
/// RE2 reads from left to right and stops at the first fault. So where every occurrence would be one
/// the first is meant; where some are not, an answer is given only if there is one occurrence.
struct FaultPlace {
    private let source: [UInt8]
    private let pieces: [PatternPiece]

    init(_ source: [UInt8]) {
        self.source = source
        pieces = PatternPiece.pieces(of: source)
    }

    /// The first piece that begins so, be it outside a class or a member of one.
    func firstAnywhere(_ text: [UInt8]) -> SourceRange? {
        for piece in pieces {
            let starts =
                piece.kind == .bracketed ? memberStarts(of: piece) : [piece.range.lowerBound]
            if piece.kind != .quoted, let place = starts.lazy.compactMap({ range(text, $0) }).first
            {
                return place
            }
        }
        return nil
    }

    /// The first piece outside classes that begins so.
    func firstOutsideClasses(_ text: [UInt8]) -> SourceRange? {
        outsideClasses(text).first
    }

    /// The piece outside classes that begins so, if there is no second one.
    func onlyOutsideClasses(_ text: [UInt8]) -> SourceRange? {
        let found = outsideClasses(text)
        return found.count == 1 ? found.first : nil
    }

    /// The last `(` that no `)` closes, or the first `)` that closes none.
    func unmatchedParenthesis(_ wanted: UInt8) -> SourceRange? {
        var open: [Int] = []
        for piece in pieces where piece.kind == .character {
            let at = piece.range.lowerBound
            if source[at] == UInt8(ascii: "(") { open.append(at) }
            if source[at] == UInt8(ascii: ")"), open.popLast() == nil, wanted == source[at] {
                return SourceRange(at, at + 1)
            }
        }
        guard wanted == UInt8(ascii: "(") else { return nil }
        return open.last.map { SourceRange($0, $0 + 1) }
    }

    private func outsideClasses(_ text: [UInt8]) -> [SourceRange] {
        pieces.compactMap { piece in
            piece.kind == .character || piece.kind == .escape
                ? range(text, piece.range.lowerBound) : nil
        }
    }

    /// Where the members of a class begin; an escape counts as one.
    private func memberStarts(of piece: PatternPiece) -> [Int] {
        var starts: [Int] = []
        var at = piece.range.lowerBound + 1
        while at < piece.range.upperBound {
            starts.append(at)
            at += source[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        return starts
    }

    private func range(_ text: [UInt8], _ start: Int) -> SourceRange? {
        guard !text.isEmpty, source[start...].starts(with: text) else { return nil }
        return SourceRange(start, start + text.count)
    }
}
