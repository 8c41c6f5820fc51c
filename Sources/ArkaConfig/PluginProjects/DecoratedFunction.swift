import ArkaModel

/// A function as a decorator of Python's plugin SDK declares it:
/// `@data_source(name="check_sanctions", description="…")`.
struct DecoratedFunction {
    let name: String
    let isDescribed: Bool
    let place: SourcePlace

    private static let decorators: Set = [
        "data_source", "enrichment", "validator", "validation", "action",
    ]

    /// Those of a text, as far as their names are literals.
    static func all(in text: SourceText) -> [DecoratedFunction] {
        let source = SourceTokens(text)
        return source.tokens.indices.compactMap { index in
            guard source.isMark(index, "@"), let word = source.word(index + 1),
                decorators.contains(word), source.isMark(index + 2, "(")
            else { return nil }
            return function(source, from: index + 3, text)
        }
    }

    private static func function(
        _ source: SourceTokens, from start: Int, _ text: SourceText
    ) -> DecoratedFunction? {
        var (index, depth) = (start, 1)
        var name: (text: String, range: SourceRange)?
        var isDescribed = false
        // A list that is not closed ends before the next decorator: no token is looked at twice.
        while index < source.tokens.count, depth > 0, !source.isMark(index, "@") {
            if ["(", "[", "{"].contains(where: { source.isMark(index, $0) }) { depth += 1 }
            if [")", "]", "}"].contains(where: { source.isMark(index, $0) }) { depth -= 1 }
            if depth == 1, source.isMark(index + 1, "="), let literal = source.string(index + 2) {
                if source.word(index) == "name" { name = (literal, source.tokens[index + 2].range) }
                if source.word(index) == "description" { isDescribed = !literal.isEmpty }
            }
            index += 1
        }
        return name.map {
            DecoratedFunction(
                name: $0.text, isDescribed: isDescribed, place: SourcePlace(text, $0.range))
        }
    }
}
