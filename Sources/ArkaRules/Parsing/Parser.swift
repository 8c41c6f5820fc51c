import ArkaModel

/// Reads the rules of one file, one at a time, and goes on after errors.
///
/// An error inside a line costs that line, one in a rule's frame costs that rule. Whoever reports
/// throws ``Unparsable``; the loops over lines and rules catch it and skip.
struct Parser {
    /// The text; valid UTF-8.
    let bytes: [UInt8]
    private let source: SourceText
    private let tokens: [Token]
    private var index = 0
    /// Where everything wrong with the file is collected, lexing included.
    var collector: DiagnosticCollector
    /// Brackets open in this statement; inside them line ends mean nothing.
    var openBrackets = 0
    /// Levels of recursion at this moment.
    var nesting = 0

    /// Starts on a file that ``RuleFiles`` has found readable.
    init(_ source: SourceText) {
        var lexer = Lexer(source)
        lexer.run()
        self.source = source
        bytes = source.utf8
        tokens = lexer.tokens
        collector = lexer.collector
    }

    /// Starts on a value inside a text; line ends mean nothing there, as in any bracket.
    private init(_ source: SourceText, part: SourceRange, nesting: Int) {
        var lexer = Lexer(source, part: part)
        lexer.run()
        self.source = source
        self.nesting = nesting
        bytes = source.utf8
        tokens = lexer.tokens
        collector = lexer.collector
        openBrackets = 1
    }

    /// Reads the value that stands inside a text; what is wrong with it is reported.
    mutating func parseValue(inText range: SourceRange) throws(Unparsable) -> ExpressionSyntax {
        var inner = Parser(source, part: range, nesting: nesting)
        defer { collector.merge(inner.collector) }
        if inner.at(.endOfFile) {
            inner.report(
                .unexpectedToken, "there is no value in these brackets", expected: "a value",
                at: range)
            throw .statement
        }
        let value = try inner.parseExpression()
        guard inner.at(.endOfFile) else { throw inner.unexpected("')' behind the value") }
        return value
    }

    /// How far an error reaches. It was reported before it was thrown.
    enum Unparsable: Error {
        /// The rest of the statement is skipped.
        case statement
        /// The rest of the rule is skipped.
        case rule
    }

    // MARK: Tokens

    /// The token to be looked at.
    var current: Token { tokens[index] }

    /// The token after that; the end of the file repeats.
    var following: Token { tokens[min(index + 1, tokens.count - 1)] }

    /// The token before ``current``; the first one at the start.
    var previous: Token { tokens[max(index - 1, 0)] }

    /// Moves on; stays at the end of the file.
    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func at(_ kind: TokenKind) -> Bool { current.kind == kind }

    /// Whether the current token is a name with this spelling, not a reserved word.
    func at(word: String) -> Bool {
        at(.word) && spelling(of: current) == word
    }

    /// Moves on if the token is of a kind.
    mutating func take(_ kind: TokenKind) -> Bool {
        guard at(kind) else { return false }
        advance()
        return true
    }

    /// Takes a token of a kind or reports what stands there instead.
    @discardableResult
    mutating func expect(_ kind: TokenKind, _ expectation: String) throws(Unparsable) -> Token {
        guard at(kind) else { throw unexpected(expectation) }
        defer { advance() }
        return current
    }

    /// Takes a name; reserved words are names only after a `.`.
    mutating func expectName(_ expectation: String) throws(Unparsable) -> NameSyntax {
        let token = try expect(.word, expectation)
        return NameSyntax(text: spelling(of: token), range: token.range)
    }

    func spelling(of token: Token) -> String {
        String(decoding: bytes[token.range.start..<token.range.end], as: UTF8.self)
    }

    // MARK: Reporting

    mutating func report(
        _ code: DiagnosticCode, _ message: String, expected: String? = nil,
        suggestion: String? = nil, at range: SourceRange
    ) {
        collector.report(code, message, expected: expected, suggestion: suggestion, at: range)
    }

    /// Reports that the current token does not belong here, unless it was reported already.
    mutating func unexpected(
        _ expectation: String, suggestion: String? = nil
    ) -> Unparsable {
        if !at(.invalid) {
            report(
                .unexpectedToken, "unexpected \(description(of: current))", expected: expectation,
                suggestion: suggestion, at: current.range)
        }
        return .statement
    }

    /// A token in a message.
    private func description(of token: Token) -> String {
        switch token.kind {
        case .endOfFile: token.range.end < bytes.count ? "end of the value" : "end of the file"
        case .text: "text"
        case .number, .duration: "number '\(spelling(of: token))'"
        default: "'\(spelling(of: token))'"
        }
    }

    // MARK: Recovery

    /// Skips to the start of the next line of this block, to its `}`, or to the next rule.
    mutating func skipStatement(from start: Int) {
        openBrackets = 0
        nesting = 0
        if index == start, !at(.rightBrace) { advance() }
        var (brackets, braces) = (0, 0)
        while !at(.endOfFile), !atDeclaration {
            // A `}` ends the block, whatever is open: a bracket that is never closed must not take
            // the rest of the rule with it.
            if braces == 0, at(.rightBrace) || (brackets == 0 && current.startsLine) { return }
            switch current.kind {
            case .leftParen, .leftBracket: brackets += 1
            case .rightParen, .rightBracket: brackets = max(0, brackets - 1)
            case .leftBrace: braces += 1
            case .rightBrace: braces -= 1
            default: break
            }
            advance()
        }
    }

    /// Skips to the next line that starts a declaration.
    mutating func skipDeclaration() {
        openBrackets = 0
        nesting = 0
        while !at(.endOfFile), !atDeclaration { advance() }
    }

    /// Whether a declaration starts here, whatever brackets are open: people forget one more often
    /// than they write a line that looks like a rule's head.
    var atDeclaration: Bool { current.startsLine && (at(.rule) || atListOrConstant) }

    /// Whether a list or a constant is declared here. Two names beside each other stand nowhere
    /// else, so these words need not be reserved.
    var atListOrConstant: Bool {
        (current.startsLine || previous.kind == .rightBrace)
            && (at(word: "list") || at(word: "const"))
            && following.kind == .word && !following.startsLine
    }

    /// Position among the tokens, to see whether anything was taken.
    var position: Int { index }
}
