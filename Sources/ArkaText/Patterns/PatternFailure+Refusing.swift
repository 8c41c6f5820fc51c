import ArkaModel

extension PatternFailure {
    /// What is wrong with a pattern that RE2 is not to see; `nil` for all others.
    init?(refusing source: [UInt8]) {
        if source.count > PatternLimits.sourceBytesMax {
            self.init(
                .patternTooLarge, "the pattern has more than \(PatternLimits.sourceBytesMax) bytes",
                expected: "a shorter one; many names belong into a list")
            return
        }
        if let place = Self.invalidUTF8(in: source) {
            self.init(.patternEncoding, "the pattern is not valid UTF-8", at: place)
            return
        }
        // RE2 takes `\C` for any byte. It would split characters, and a shape could not tell.
        guard
            let piece = PatternPiece.pieces(of: source).first(where: { $0.isByteEscape(in: source) }
            )
        else { return nil }
        self.init(
            .patternUnsupported, #"'\C' matches a byte, and patterns match characters"#,
            expected: "'.' for a character, '(?s:.)' for one that may be a line end",
            at: SourceRange(piece.range.lowerBound, piece.range.upperBound))
    }

    /// The first bytes that are not UTF-8.
    private static func invalidUTF8(in source: [UInt8]) -> SourceRange? {
        do {
            _ = try UTF8Span(validating: source.span)
            return nil
        } catch {
            return SourceRange(error.byteOffsets.lowerBound, error.byteOffsets.upperBound)
        }
    }
}

extension PatternPiece {
    fileprivate func isByteEscape(in source: [UInt8]) -> Bool {
        kind == .escape && source[range].elementsEqual(#"\C"#.utf8)
    }
}
