public import ArkaModel

/// A value of a YAML document with the place where it stands.
///
/// Scalars stay text: what they mean is decided by the field that reads them, so `no`, `010` and
/// `1.10` are what they look like where a text is wanted.
public struct YAMLNode: Sendable, Hashable {
    /// What the value is.
    public var kind: Kind
    /// The text and the bytes of the value in it.
    public var place: SourcePlace

    /// A YAML value.
    public indirect enum Kind: Sendable, Hashable {
        /// A text with its style.
        case scalar(YAMLScalar)
        /// The items of a list.
        case sequence([YAMLNode])
        /// The entries of a mapping in the order written; no two keys have the same bytes.
        case mapping([YAMLEntry])
    }

    /// Makes a value that stands at a place.
    public init(_ kind: Kind, at place: SourcePlace) {
        self.kind = kind
        self.place = place
    }
}

/// A key and its value in a mapping.
public struct YAMLEntry: Sendable, Hashable {
    /// The key.
    public var key: String
    /// Where the key stands.
    public var keyPlace: SourcePlace
    /// The value.
    public var value: YAMLNode

    /// Makes an entry.
    public init(_ key: String, at keyPlace: SourcePlace, _ value: YAMLNode) {
        self.key = key
        self.keyPlace = keyPlace
        self.value = value
    }
}

/// The text of a scalar and where it comes from.
public struct YAMLScalar: Sendable, Hashable {
    /// The text, quotes and escapes resolved.
    public var text: String
    /// How it was written.
    public var style: Style
    /// Where the text comes from.
    public var origin: Origin

    /// How a scalar was written.
    public enum Style: Sendable, Hashable {
        /// Without quotes.
        case plain
        /// In single or double quotes.
        case quoted
        /// As a block behind `|` or `>`.
        case block
    }

    /// Where the text of a scalar comes from.
    public enum Origin: Sendable, Hashable {
        /// It stands in the document.
        case document
        /// It stands in a `--set` option.
        case option
        /// At least a part of it comes from the environment; it is never printed.
        case environment
        /// It names a variable that is not set; that has been reported, nothing else need be.
        case unresolved
    }

    /// Makes a scalar.
    public init(_ text: String, style: Style = .plain, origin: Origin = .document) {
        self.text = text
        self.style = style
        self.origin = origin
    }

    /// Whether YAML takes it for "no value": nothing, `~` or `null`, written without quotes.
    public var isNull: Bool {
        origin == .document && style == .plain
            && ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

extension YAMLNode {
    /// Whether it is a single value with a part that comes from the environment.
    var isFromEnvironment: Bool {
        if case .scalar(let scalar) = kind { scalar.origin == .environment } else { false }
    }

    /// The value of a key; `nil` if it has none, or is no mapping.
    func entry(_ key: String) -> YAMLNode? {
        guard case .mapping(let entries) = kind else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The word for the kind of value in messages.
    var kindName: String {
        switch kind {
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a section with keys"
        }
    }
}
