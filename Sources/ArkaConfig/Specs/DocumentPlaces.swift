import ArkaDocuments
public import ArkaModel

/// Where the parts of a document stand, for whoever finds fault with them later.
public struct DocumentPlaces: Sendable {
    private let values: [String: SourcePlace]
    private let keys: [String: SourcePlace]
    private let metadata: [String: SourcePlace]
    /// The start of the document, for what is nowhere in it.
    public let start: SourcePlace

    init(_ document: Document<some Sendable>) {
        values = document.places
        keys = document.keyPlaces
        metadata = document.metadataPlaces
        start = document.start
    }

    /// Where a value stands, by its path below `spec`, such as `exports.actions[0].name`; the start of the
    /// document if it is not there.
    public func value(_ path: String) -> SourcePlace { values[path] ?? start }

    /// Where a key stands, by the same paths.
    public func key(_ path: String) -> SourcePlace { keys[path] ?? value(path) }

    /// Where a value below `metadata` stands.
    public func metadata(_ name: String) -> SourcePlace { metadata[name] ?? start }

    /// Whether the document gives a value.
    public func hasValue(_ path: String) -> Bool { values[path] != nil }
}
