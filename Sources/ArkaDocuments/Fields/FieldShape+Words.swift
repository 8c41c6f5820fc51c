extension FieldShape {
    /// What is expected of a value, for messages.
    var words: String {
        switch self {
        case .text(let description), .nested(let description), .anything(let description):
            description
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .duration: "a duration, such as 250ms"
        case .seconds: "a duration, such as 30s"
        case .processors: "a number of processors, such as 500m or 0.5"
        case .byteSize: "a size, such as 48Mi"
        case .choice(let words):
            words.count == 2
                ? words.joined(separator: " or ") : "one of " + words.joined(separator: ", ")
        case .list: "a list"
        case .map, .section: "a section with keys"
        }
    }

    /// The type for documentation, in Markdown: with ranges, words in code type.
    public var documentation: String {
        switch self {
        case .text(let description), .nested(let description), .anything(let description):
            description
        case .boolean: "`true` or `false`"
        case .integer(let range): "whole number, \(range.lowerBound) to \(range.upperBound)"
        case .duration(let range):
            "duration, \(range.lowerBound.documentText) to \(range.upperBound.documentText)"
        case .seconds(let range):
            "duration or seconds, \(range.lowerBound.documentText) to "
                + range.upperBound.documentText
        case .processors(let range):
            "processors, \(documentText(milliCPU: range.lowerBound)) to "
                + documentText(milliCPU: range.upperBound)
        case .byteSize(let range):
            "size, \(documentText(byteCount: range.lowerBound)) to "
                + documentText(byteCount: range.upperBound)
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let element): "list of: " + element.documentation
        case .map(let keys, let values): "\(keys) → \(values.documentation)"
        case .section: "section"
        }
    }
}
