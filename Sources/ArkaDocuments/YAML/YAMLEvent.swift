import ArkaModel

/// What we keep of a libyaml event.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart(hasTagDirectives: Bool)
        case documentEnd
        case alias
        case scalar(String, YAMLScalar.Style)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    var kind: Kind
    var range: SourceRange
    var hasAnchor = false
    var hasTag = false
}

/// Why libyaml cannot go on.
struct YAMLFailure: Error {
    /// Its own words, such as `mapping values are not allowed in this context`.
    var problem: String
    /// The byte at which it stopped.
    var offset: Int
    /// What it was doing and where that began, such as `while parsing a block mapping`.
    var context: (words: String, offset: Int)?
    /// Whether the bytes themselves are refused, such as a control character.
    var isEncoding = false
}
