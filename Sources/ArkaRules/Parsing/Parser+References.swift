import ArkaModel

extension Parser {
    /// Reads a path, and reports calls and indices behind it, which have no meaning yet.
    mutating func parseReference() throws(Unparsable) -> ExpressionSyntax {
        let start = current.range
        let path = try parsePath()
        var isReported = false
        while continuesLine || at(.dot), let suffix = current.kind.laterSuffix {
            try skipSuffix(suffix, of: path, from: start, isFirst: !isReported)
            isReported = true
        }
        let range = start.union(previous.range)
        return ExpressionSyntax(isReported ? .reported : .path(path), range)
    }

    /// Reads `name.name.…`; after a `.` reserved words are names too.
    mutating func parsePath() throws(Unparsable) -> [NameSyntax] {
        var path = [try expectName("a name")]
        while take(.dot) { path.append(try parsePropertyName()) }
        return path
    }

    private mutating func parsePropertyName() throws(Unparsable) -> NameSyntax {
        guard current.kind.isWordLike else { throw unexpected("a property name after '.'") }
        defer { advance() }
        return NameSyntax(text: spelling(of: current), range: current.range)
    }

    /// Skips the arguments of a call, an index, or a property of either.
    private mutating func skipSuffix(
        _ suffix: LaterSuffix, of path: [NameSyntax], from start: SourceRange, isFirst: Bool
    ) throws(Unparsable) {
        switch suffix {
        case .call: _ = try parseArgumentsOfLaterCall()
        case .index: _ = try parseList()
        case .property:
            advance()
            _ = try parsePropertyName()
        }
        guard isFirst else { return }
        let isPlugin = path.first?.text == "plugin"
        let what =
            switch suffix {
            case .call: isPlugin ? "plugin calls" : "functions"
            case .index, .property: "elements of arrays"
            }
        report(
            .notAvailable, "\(what) are not available yet",
            expected: "a path such as transaction.amount, or a constant",
            at: start.union(previous.range))
    }

    /// Functions take values with or without names.
    private mutating func parseArgumentsOfLaterCall() throws(Unparsable) {
        try parseBracketed(.rightParen) { parser throws(Unparsable) in
            if parser.at(.word), parser.following.kind == .colon {
                parser.advance()
                parser.advance()
            }
            _ = try parser.parseExpression()
        }
    }
}

/// What may follow a path once calls exist.
private enum LaterSuffix {
    case call, index, property
}

extension TokenKind {
    /// What follows a path here; a `.` does only behind a call or an index, as paths take theirs.
    fileprivate var laterSuffix: LaterSuffix? {
        switch self {
        case .leftParen: .call
        case .leftBracket: .index
        case .dot: .property
        default: nil
        }
    }
}
