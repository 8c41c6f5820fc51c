extension Diagnostic {
    /// The diagnostic as people read it: place, message, the line, a caret, the way out.
    ///
    /// ```
    /// rules/cards.pact:4:21: error: unknown field 'amuont' [ARKA-RULE-0012]
    ///         transaction.amuont > 220
    ///                     ^~~~~~
    ///   expected a property of the record schema; did you mean 'amount'?
    /// ```
    public func rendered() -> String {
        let place = position
        var text = "\(source.name):\(place.line):\(place.column): "
        text += "\(severity.rawValue): \(message) [\(code)]\n"
        text += excerpt(column: place.column)
        if let advice { text += "  \(advice)\n" }
        return text
    }

    /// The second half of the message: expectation and suggestion in one line.
    private var advice: String? {
        let hint = suggestion.map { "did you mean '\($0)'?" }
        switch (expectation.map { "expected \($0)" }, hint) {
        case (nil, nil): return nil
        case (let expected?, nil): return expected
        case (nil, let hint?): return hint
        case (let expected?, let hint?): return "\(expected); \(hint)"
        }
    }

    /// The faulty line with a caret under the faulty bytes; long lines are cut around the caret. Nothing
    /// where there is no text, as of a file that cannot be read.
    private func excerpt(column: Int) -> String {
        if source.utf8.isEmpty { return "" }
        let line = Array(source.line(containing: range.start).unicodeScalars)
        let caret = min(column - 1, line.count)
        let first = caret > 120 ? caret - 60 : 0
        let last = min(line.count, first + 160)
        let shown = line[first..<last].map { $0 == "\t" || $0.value >= 0x20 ? $0 : "\u{FFFD}" }
        let pad = shown[..<(caret - first)].map { $0 == "\t" ? Character("\t") : Character(" ") }
        let width = max(1, min(caretWidth, last - caret))
        let marker = "^" + String(repeating: "~", count: width - 1)
        var text = String(String.UnicodeScalarView(shown))
        text += "\n" + String(pad) + marker + "\n"
        return text
    }

    /// How many columns of the first line the range covers.
    private var caretWidth: Int {
        let end = min(range.end, source.utf8.count)
        guard range.start < end else { return 1 }
        let line = source.utf8[range.start..<end].prefix { $0 != UInt8(ascii: "\n") }
        return line.count { $0 & 0xC0 != 0x80 }
    }
}
