import ArkaModel
import Foundation

@testable import ArkaRules

/// The rule files of the project: the tests' corpus, the topologies, the workload.
enum RuleSamples {
    static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Corpus")
    static let project = corpus.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let all =
        files(below: "Tests/ArkaRulesTests/Corpus") + files(below: "topologies")
        + files(below: "bench/workload")

    /// The rule files of one folder of the corpus.
    static func names(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: corpus.appending(path: folder).path)
        return (names ?? []).filter { $0.hasSuffix(".pact") }.sorted()
    }

    /// All rule files below a folder of the project.
    static func files(below folder: String) -> [URL] {
        let top = project.appending(path: folder)
        let paths = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String }
        return (paths ?? []).filter { $0.hasSuffix(".pact") }.sorted().map {
            top.appending(path: $0)
        }
    }

    /// A list file of the corpus, by the path that rules write.
    static func list(_ path: String) -> Result<SourceText, ListFileFailure> {
        guard let data = try? Data(contentsOf: corpus.appending(path: "lists/\(path)")) else {
            return .failure(ListFileFailure("no such file"))
        }
        return .success(SourceText(name: path, utf8: Array(data)))
    }

    static func source(_ file: URL) throws -> SourceText {
        SourceText(name: file.lastPathComponent, utf8: Array(try Data(contentsOf: file)))
    }
}

/// What a formatter must leave alone in a text, read without its help.
struct RuleReading {
    /// The bytes of each token.
    private(set) var tokens: [String] = []
    /// The comments, without blanks at their ends.
    private(set) var comments: [String] = []
    /// How many tokens each statement has: where line ends part tokens, although no bracket is
    /// open and no brace stands beside them. `let name =` counts as on one line.
    private(set) var statements: [Int] = []

    init(_ source: SourceText) {
        var lexer = Lexer(source)
        lexer.run()
        var end = 0
        var brackets = 0
        var inHead = false
        var previous: TokenKind?
        for token in lexer.tokens {
            readComments(source.utf8[end..<token.range.start])
            end = token.range.end
            let isParted =
                token.startsLine && brackets == 0 && !inHead && previous?.isFrame != true
                && !token.kind.isFrame && token.kind != .assign
            if isParted { statements.append(tokens.count) }
            switch token.kind {
            case .rule where previous != .dot: inHead = true
            case .leftBrace: inHead = false
            case .leftParen, .leftBracket: brackets += 1
            case .rightParen, .rightBracket: brackets -= 1
            default: break
            }
            previous = token.kind
            tokens.append(
                String(decoding: source.utf8[token.range.start..<token.range.end], as: UTF8.self))
        }
    }

    private mutating func readComments(_ gap: ArraySlice<UInt8>) {
        for line in String(decoding: gap, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let start = line.range(of: "//") else { continue }
            comments.append(
                line[start.lowerBound...].trimmingCharacters(in: .whitespaces))
        }
    }
}

extension TokenKind {
    /// Tokens beside which line ends mean nothing: what the frame of a rule consists of.
    fileprivate var isFrame: Bool {
        switch self {
        case .leftBrace, .rightBrace, .rule, .when, .then, .let, .endOfFile: true
        default: false
        }
    }
}
