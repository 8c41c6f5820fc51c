import ArkaModel
import RandomRules

@testable import ArkaRules

/// Changes the white space of a rule text where it means nothing to the formatter: blanks, the kind
/// and number of line ends, line ends beside braces. What an author may choose stays: where lines
/// end, and whether there is an empty line.
struct WhiteSpaceMangler {
    private var random: SeededRandom
    private var output: [UInt8] = []

    init(seed: UInt64) {
        random = SeededRandom(state: seed)
    }

    /// The same tokens and comments with other white space.
    mutating func mangled(_ source: SourceText) -> SourceText {
        output = Bool.random(using: &random) ? [0xEF, 0xBB, 0xBF] : []
        var lexer = Lexer(source)
        lexer.run()
        var previous = Token(.rightBrace, startsLine: true, 0, 0)
        for token in lexer.tokens {
            let gap = Gap(source.utf8[previous.range.end..<token.range.start])
            write(gap, between: previous, token, in: source.utf8)
            output += source.utf8[token.range.start..<token.range.end]
            previous = token
        }
        return SourceText(name: source.name, utf8: output)
    }

    private mutating func write(
        _ gap: Gap, between previous: Token, _ token: Token, in bytes: [UInt8]
    ) {
        for comment in gap.comments {
            write(lineEnds: comment.lineEnds, mayVanish: true)
            output += comment.text
        }
        guard gap.comments.isEmpty, !gap.isEmpty || previous.range.end > 0 else {
            return write(lineEnds: gap.lineEnds, mayVanish: true)
        }
        let isFree =
            token.kind == .leftBrace || token.kind == .rightBrace || previous.kind == .leftBrace
        let a = bytes[previous.range.start..<previous.range.end]
        let b = bytes[token.range.start..<token.range.end]
        write(
            lineEnds: isFree ? Int.random(in: 0...3, using: &random) : gap.lineEnds,
            mayVanish: gap.isEmpty || canTouch(Array(a), Array(b)))
    }

    private mutating func write(lineEnds: Int, mayVanish: Bool) {
        guard lineEnds > 0 else {
            return writeBlanks(atLeast: mayVanish ? 0 : 1)
        }
        let more = lineEnds > 1 ? Int.random(in: 0...2, using: &random) : 0
        for _ in 0..<(min(lineEnds, 2) + more) {
            writeBlanks(atLeast: 0)
            output += Bool.random(using: &random) ? [0x0A] : [0x0D, 0x0A]
        }
        writeBlanks(atLeast: 0)
    }

    private mutating func writeBlanks(atLeast least: Int) {
        for _ in 0..<Int.random(in: least...3, using: &random) {
            output.append(UInt8(ascii: Bool.random(using: &random) ? " " : "\t"))
        }
    }

    /// Whether two tokens stay two without a blank between them.
    private func canTouch(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        var lexer = Lexer(SourceText(name: "pair", utf8: a + b))
        lexer.run()
        return lexer.tokens.map(\.range.end) == [a.count, a.count + b.count, a.count + b.count]
            && lexer.collector.diagnostics.isEmpty
    }
}

/// What stands between two tokens.
private struct Gap {
    /// Comments with their blanks at the end, and the line ends in front of each.
    private(set) var comments: [(text: ArraySlice<UInt8>, lineEnds: Int)] = []
    /// The line ends behind the last comment.
    private(set) var lineEnds = 0
    let isEmpty: Bool

    init(_ bytes: ArraySlice<UInt8>) {
        isEmpty = bytes.isEmpty
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { lineEnds += 1 }
            guard let start = line.firstIndex(of: UInt8(ascii: "/")) else { continue }
            comments.append((line[start...], lineEnds))
            lineEnds = 0
        }
    }
}
