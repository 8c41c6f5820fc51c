import ArkaModel

extension YAMLFailure {
    /// The failure for people: libyaml's words where they are clear, ours where they are not.
    func diagnostic(in source: SourceText) -> Diagnostic {
        let range = SourceRange(offset, min(offset + 1, max(offset, source.utf8.count)))
        if isEncoding {
            return Diagnostic(
                .documentEncoding, "the text holds a control character", in: source, at: range)
        }
        let byte = offset < source.utf8.count ? source.utf8[offset] : 0
        if let (message, expectation) = translation(before: byte) {
            return Diagnostic(
                .documentSyntax, message, expected: expectation, in: source, at: range)
        }
        return Diagnostic(.documentSyntax, problem + origin(in: source), in: source, at: range)
    }

    /// The mistakes that people make most, and what to do about them.
    private func translation(before byte: UInt8) -> (message: String, expectation: String)? {
        switch (problem, byte) {
        case (_, UInt8(ascii: "\t")):
            ("a tab cannot indent", "spaces")
        case ("mapping values are not allowed in this context", _):
            ("a second ': ' in one line", "quotes around the value, or a line of its own")
        case ("found character that cannot start any token", _):
            ("a value cannot begin with this character", "quotes around the value")
        case ("could not find expected ':'", _):
            ("a line is neither a key with ':' nor a list item with '-'", "'key: value'")
        default: nil
        }
    }

    private func origin(in source: SourceText) -> String {
        guard let context else { return "" }
        let start = source.position(at: context.offset)
        return " \(context.words) that begins at \(start.line):\(start.column)"
    }
}
