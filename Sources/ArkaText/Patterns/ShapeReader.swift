/// Reads a pattern as a sequence of characters and classes, between anchors or not.
///
/// Whatever it is not sure of is ``PatternShape/general``: that costs time, a wrong shape would cost
/// a decision.
struct ShapeReader {
    /// What one place of the text may be.
    private enum Element: Hashable {
        /// A character, which may have several bytes.
        case character(ArraySlice<UInt8>)
        /// An ASCII character of a set.
        case oneOf(ByteClass)
    }

    private let source: [UInt8]
    private var pieces: ArraySlice<PatternPiece>
    private var elements: [Element] = []

    init(_ source: [UInt8]) {
        self.source = source
        pieces = PatternPiece.pieces(of: source)[...]
    }

    /// What the pattern comes to.
    mutating func shape() -> PatternShape {
        let fromStart = takeFirst("^", or: #"\A"#)
        let toEnd = takeLast("$", or: #"\z"#)
        // A search that may begin and end anywhere needs nothing before and behind what it wants.
        if !fromStart { dropLeadingAnything() }
        if !toEnd { dropTrailingAnything() }
        while let piece = pieces.popFirst() {
            guard read(piece), repeatLast(), elements.count <= PatternLimits.shapePositionsMax
            else {
                return .general
            }
        }
        if let text { return shape(text, fromStart, toEnd) }
        guard fromStart, let classes else { return .general }
        return toEnd ? .classes(classes) : .startsWithClasses(classes)
    }

    private func shape(_ text: [UInt8], _ fromStart: Bool, _ toEnd: Bool) -> PatternShape {
        switch (fromStart, toEnd) {
        case (true, true): .equals(text)
        case (true, false): .starts(text)
        case (false, true): .ends(text)
        case (false, false):
            text.count <= PatternLimits.containedBytesMax ? .contains(text) : .general
        }
    }
}

// Anchors
extension ShapeReader {
    private func isPiece(_ piece: PatternPiece?, _ text: String) -> Bool {
        guard let piece else { return false }
        return source[piece.range].elementsEqual(text.utf8)
    }

    private mutating func takeFirst(_ sign: String, or escape: String) -> Bool {
        guard isPiece(pieces.first, sign) || isPiece(pieces.first, escape) else { return false }
        pieces.removeFirst()
        return true
    }

    private mutating func takeLast(_ sign: String, or escape: String) -> Bool {
        guard isPiece(pieces.last, sign) || isPiece(pieces.last, escape) else { return false }
        pieces.removeLast()
        return true
    }

    /// Drops `.*` or `.*?`.
    private mutating func dropLeadingAnything() {
        guard isPiece(pieces.first, "."), isPiece(pieces.dropFirst().first, "*") else { return }
        pieces.removeFirst(2)
        if isPiece(pieces.first, "?") { pieces.removeFirst() }
    }

    private mutating func dropTrailingAnything() {
        var rest = pieces
        if isPiece(rest.last, "?") { rest.removeLast() }
        guard isPiece(rest.last, "*"), isPiece(rest.dropLast().last, ".") else { return }
        pieces = rest.dropLast(2)
    }
}

// Elements
extension ShapeReader {
    /// Adds what a piece stands for; false if that is neither characters nor a class.
    private mutating func read(_ piece: PatternPiece) -> Bool {
        let bytes = source[piece.range]
        switch piece.kind {
        case .character: return readCharacter(bytes)
        case .escape: return readEscape(bytes.dropFirst())
        case .quoted: return readQuoted(bytes)
        case .bracketed:
            guard let members = ByteClass(bracketed: bytes) else { return false }
            elements.append(element(members))
            return true
        }
    }

    private mutating func readCharacter(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !#"\^$.|?*+()[{"#.utf8.contains(first) else { return false }
        elements.append(.character(bytes))
        return true
    }

    private mutating func readEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let letter = bytes.first else { return false }
        if let members = ByteClass(escaped: letter) {
            elements.append(element(members))
            return true
        }
        guard ByteClass.isPunctuation(letter) else { return false }
        elements.append(.character(bytes))
        return true
    }

    /// `\Q…\E`; without the end, or with nothing in it, what follows might belong to what is before.
    private mutating func readQuoted(_ bytes: ArraySlice<UInt8>) -> Bool {
        let content = bytes.dropFirst(2).dropLast(2)
        guard bytes.count > 4, bytes.suffix(2).elementsEqual(#"\E"#.utf8) else { return false }
        var rest = content
        while let first = rest.popFirst() {
            let tail = rest.prefix { $0 & 0xC0 == 0x80 }
            rest = rest.dropFirst(tail.count)
            elements.append(.character([first] + tail))
        }
        return true
    }

    /// A set of one is a character: `[.]` is written for `\.`.
    private func element(_ members: ByteClass) -> Element {
        members.onlyMember.map { .character([$0]) } ?? .oneOf(members)
    }

    /// Repeats the last element if `{n}` follows; false if another repetition does.
    private mutating func repeatLast() -> Bool {
        guard let next = pieces.first else { return true }
        if ["*", "+", "?"].contains(where: { isPiece(next, $0) }) { return false }
        guard isPiece(next, "{") else { return true }
        guard let count = takeCount(), let last = elements.popLast() else { return false }
        elements += repeatElement(last, count: count)
        return true
    }

    /// Takes `{n}`; `nil` for everything else that begins with a brace, and for what follows it in
    /// the way of `{2}?`.
    private mutating func takeCount() -> Int? {
        let digits = pieces.dropFirst().prefix { piece in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(source[piece.range.lowerBound])
        }
        // A leading zero makes RE2 take all of it for characters.
        guard let first = digits.first, let last = digits.last, digits.count <= 4,
            digits.count == 1 || !isPiece(first, "0"),
            isPiece(pieces.dropFirst(digits.count + 1).first, "}")
        else { return nil }
        let text = source[first.range.lowerBound..<last.range.upperBound]
        pieces = pieces.dropFirst(digits.count + 2)
        let isRepeatedAgain = ["*", "+", "?", "{"].contains { isPiece(pieces.first, $0) }
        return isRepeatedAgain ? nil : Int(String(decoding: text, as: UTF8.self))
    }

    /// The bytes, if all elements are characters.
    private var text: [UInt8]? {
        var bytes: [UInt8] = []
        for element in elements {
            guard case .character(let character) = element else { return nil }
            bytes += character
        }
        return bytes
    }

    /// The classes, if every element is one byte.
    private var classes: [ByteClass]? {
        var classes: [ByteClass] = []
        for element in elements {
            switch element {
            case .oneOf(let members): classes.append(members)
            case .character(let bytes):
                guard bytes.count == 1, bytes.allSatisfy({ $0 < 128 }) else { return nil }
                classes.append(ByteClass(bytes))
            }
        }
        return classes
    }
}
