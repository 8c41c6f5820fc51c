import ArkaModel

extension Checker {
    /// What the brackets behind a rule's name say.
    struct Attributes {
        var onUnknown: OnUnknown?
        /// Whether `on_unknown` is there at all, be it faulty.
        var declaresOnUnknown = false
        var notes = RuleNotes()
    }

    private static let attributeNames = [
        "priority", "on_unknown", "severity", "tags", "description",
    ]
    private static let severities = ["low", "medium", "high", "critical"]

    /// Checks a rule's attributes; what is wrong is reported and left out.
    mutating func check(_ attributes: [ArgumentSyntax]) -> Attributes {
        var result = Attributes()
        var seen: Set<String> = []
        for attribute in attributes {
            let name = attribute.name
            if !seen.insert(name.text).inserted {
                report(
                    .repeatedName, "'\(name.text)' is given twice", expected: "it only once",
                    at: name.range)
                continue
            }
            check(attribute, into: &result)
        }
        return result
    }

    private mutating func check(_ attribute: ArgumentSyntax, into result: inout Attributes) {
        let value = attribute.value
        if attribute.name.text == "on_unknown" { result.declaresOnUnknown = true }
        if case .reported = value.kind { return }
        switch attribute.name.text {
        case "priority": result.notes.priority = wholeNumber(value)
        case "on_unknown": result.onUnknown = onUnknown(value)
        case "severity": result.notes.severity = severity(value)
        case "tags": result.notes.tags = texts(value)
        case "description": result.notes.description = plainText(value)
        default:
            report(
                .unknownAttribute, "rules have no attribute '\(attribute.name.text)'",
                expected: "one of " + Self.attributeNames.joined(separator: ", "),
                suggestion: near(to: attribute.name.text, among: Self.attributeNames),
                at: attribute.name.range)
        }
    }

    private mutating func invalid<T>(
        _ message: String, _ expected: String, suggestion: String? = nil, at range: SourceRange
    ) -> T? {
        report(
            .invalidAttribute, message, expected: expected, suggestion: suggestion, at: range)
        return nil
    }

    private mutating func wholeNumber(_ value: ExpressionSyntax) -> Int? {
        if case .number(let number)? = check(value)?.constant {
            let (whole, rest) = number.scaled.quotientAndRemainder(
                dividingBy: ExactDecimal.one.scaled)
            if rest == 0, let result = Int(exactly: whole) { return result }
        }
        return invalid(
            "a priority is a whole number", "a number such as 10", at: value.range)
    }

    private mutating func onUnknown(_ value: ExpressionSyntax) -> OnUnknown? {
        let words = OnUnknown.allCases.map(\.rawValue)
        let written: String? =
            switch value.kind {
            case .path(let path) where path.count == 1: path[0].text
            case .text(let bytes): String(decoding: bytes, as: UTF8.self)
            default: nil
            }
        if case .path = value.kind, let written, let result = OnUnknown(rawValue: written) {
            return result
        }
        return invalid(
            "on_unknown does not know this", "one of " + words.joined(separator: ", "),
            suggestion: written.flatMap { word in
                words.contains(word) ? word : near(to: word, among: words)
            }, at: value.range)
    }

    private mutating func severity(_ value: ExpressionSyntax) -> String? {
        let expected = "one of " + Self.severities.map { "\"\($0)\"" }.joined(separator: ", ")
        guard case .text(let bytes) = value.kind else {
            return invalid("a severity is a text", expected, at: value.range)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if Self.severities.contains(text) { return text }
        return invalid(
            "there is no severity '\(text)'", expected,
            suggestion: near(to: text, among: Self.severities), at: value.range)
    }

    private mutating func plainText(_ value: ExpressionSyntax) -> String? {
        guard case .text(let bytes) = value.kind else {
            let hasValues = if case .template = value.kind { true } else { false }
            return invalid(
                hasValues ? "a value cannot stand in this text" : "this is not a text",
                "a text in double quotes", at: value.range)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func texts(_ value: ExpressionSyntax) -> [String] {
        guard case .list(let elements) = value.kind else {
            return invalid(
                "tags are a list", "texts in brackets such as [\"cards\"]", at: value.range) ?? []
        }
        return elements.compactMap { plainText($0) }
    }
}
