extension FieldShape {
    /// What is expected of a value, for messages.
    var words: String {
        switch self {
        case .text(let description): description
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .duration: "a duration, such as 250ms"
        case .byteSize: "a size, such as 48Mi"
        case .choice(let words): words.joined(separator: " or ")
        case .list: "a list"
        case .map, .section: "a section with keys"
        }
    }
}
