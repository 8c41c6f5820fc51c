/// Kleene's three truth values.
@frozen public enum Truth: UInt8, Sendable, Hashable {
    /// Neither is certain.
    case unknown
    /// Certainly not.
    case no
    /// Certainly so; the only value that lets a rule fire.
    case yes

    /// Takes a value of two-valued logic.
    @inlinable public init(_ value: Bool) {
        self = value ? .yes : .no
    }

    /// True if both are; false if one is.
    @inlinable public func and(_ other: Truth) -> Truth {
        if self == .no || other == .no { return .no }
        return self == .yes && other == .yes ? .yes : .unknown
    }

    /// True if one is; false if both are.
    @inlinable public func or(_ other: Truth) -> Truth {
        if self == .yes || other == .yes { return .yes }
        return self == .no && other == .no ? .no : .unknown
    }

    /// The opposite; the opposite of unknown is unknown.
    @inlinable public var not: Truth {
        switch self {
        case .unknown: .unknown
        case .no: .yes
        case .yes: .no
        }
    }
}
