public import ArkaModel

/// A value of a JSON document (schema, manifest, body of a request) with the place where it stands.
///
/// Not for records: those go through the decoder, which builds no tree.
public struct JSONNode: Sendable, Hashable {
    /// What the value is.
    public let kind: Kind
    /// The bytes of the value, from its first to its last.
    public let range: SourceRange

    /// A JSON value. Numbers stay text, so nothing is rounded; members keep their order.
    public indirect enum Kind: Sendable, Hashable {
        /// `null`
        case null
        /// `true` or `false`
        case boolean(Bool)
        /// A number as it was written.
        case number(String)
        /// A string, escapes resolved.
        case string(String)
        /// The elements of an array.
        case array([JSONNode])
        /// The members of an object; no two names have the same bytes, unless the parser was told to
        /// keep such.
        case object([JSONMember])
    }

    /// Makes a value that stands at a place.
    public init(_ kind: Kind, at range: SourceRange) {
        self.kind = kind
        self.range = range
    }
}

/// A name and its value in an object.
public struct JSONMember: Sendable, Hashable {
    /// The name, escapes resolved.
    public let name: String
    /// The bytes of the name with its quotes.
    public let nameRange: SourceRange
    /// The value.
    public let value: JSONNode

    /// Makes a member.
    public init(_ name: String, at nameRange: SourceRange, _ value: JSONNode) {
        self.name = name
        self.nameRange = nameRange
        self.value = value
    }
}

extension JSONNode {
    /// The exact value of a number; `nil` if this is none or its value leaves ``ExactDecimal``.
    public var exactDecimal: ExactDecimal? {
        guard case .number(let text) = kind else { return nil }
        return try? ExactDecimal(text)
    }

    /// The member with a name, compared byte by byte; `nil` if there is none or this is no object.
    public subscript(name: String) -> JSONNode? {
        guard case .object(let members) = kind else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}
