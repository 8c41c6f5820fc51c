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
        var text = "\(printable(source.name)):\(place.line):\(place.column): "
        text += "\(severity.rawValue): \(printable(message)) [\(code)]\n"
        text += excerpt(column: place.column)
        if let advice { text += "  \(printable(advice))\n" }
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
        // A line may have megabytes: only what is near the caret is looked at.
        let (before, after) = source.line(around: range.start, scalarsMax: 160)
        let first = column > 121 ? max(0, before.count - 60) : 0
        let line = before[first...] + after
        let caret = before.count - first
        let shown = line.prefix(160).map { printable($0) }
        let pad = shown.prefix(caret).map { $0 == "\t" ? Character("\t") : Character(" ") }
        let width = max(1, min(caretWidth, shown.count - caret))
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
