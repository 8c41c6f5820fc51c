import ArkaModel

/// Looks for what must not reach libyaml. Linear in the text.
/// - Returns: The first bound that is broken, if any.
func firstExcess(in source: SourceText, limits: DocumentLimits) -> Diagnostic? {
    guard source.utf8.count <= limits.bytesMax else {
        return Diagnostic(
            .documentTooLarge, "the document is larger than \(limits.bytesMax) bytes", in: source,
            at: SourceRange(0, 0))
    }
    return invalidUTF8(in: source) ?? excessOfBrackets(in: source, limits: limits)
        ?? excessOfDirectives(in: source, limits: limits)
}

private func invalidUTF8(in source: SourceText) -> Diagnostic? {
    do {
        _ = try UTF8Span(validating: source.utf8.span)
        return nil
    } catch {
        return Diagnostic(
            .documentEncoding, "the text is not valid UTF-8 here", in: source,
            at: SourceRange(error.byteOffsets.lowerBound, error.byteOffsets.upperBound))
    }
}

/// Counts brackets wherever they stand, in quoted text and comments too: it may count too many, never
/// too few.
private func excessOfBrackets(in source: SourceText, limits: DocumentLimits) -> Diagnostic? {
    var open = 0
    for (offset, byte) in source.utf8.enumerated() {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
        default: continue
        }
        if open > limits.openBracketsMax {
            return Diagnostic(
                .documentTooLarge, "more than \(limits.openBracketsMax) brackets are open here",
                in: source, at: SourceRange(offset, offset + 1))
        }
    }
    return nil
}

private func excessOfDirectives(in source: SourceText, limits: DocumentLimits) -> Diagnostic? {
    var count = 0
    var isLineStart = true
    for (offset, byte) in source.utf8.enumerated() {
        if isLineStart, byte == UInt8(ascii: "%") {
            count += 1
            if count > limits.directivesMax {
                return Diagnostic(
                    .documentTooLarge, "more than \(limits.directivesMax) lines begin with %",
                    in: source, at: SourceRange(offset, offset + 1))
            }
        }
        isLineStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
    return nil
}
