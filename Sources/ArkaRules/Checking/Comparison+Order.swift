import ArkaModel

extension Comparison {
    /// Whether it is `==` or `!=`.
    var isEquality: Bool { self == .equal || self == .notEqual }

    /// The comparison that says the same with its sides swapped.
    var mirrored: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    /// Whether it holds of two values that stand so to each other.
    func holds(_ ordering: Ordering) -> Bool {
        switch self {
        case .equal: ordering == .same
        case .notEqual: ordering != .same
        case .less: ordering == .ascending
        case .lessOrEqual: ordering != .descending
        case .greater: ordering == .descending
        case .greaterOrEqual: ordering != .ascending
        }
    }
}

extension Constant {
    /// How two constants of one type stand to each other: numbers by value, texts byte by byte,
    /// booleans `false` first.
    func compared(with other: Constant) -> Ordering {
        switch (self, other) {
        case (.number(let a), .number(let b)): a < b ? .ascending : a == b ? .same : .descending
        case (.text(let a), .text(let b)):
            a == b ? .same : a.lexicographicallyPrecedes(b) ? .ascending : .descending
        case (.boolean(let a), .boolean(let b)):
            a == b ? .same : b ? .ascending : .descending
        default: preconditionFailure("the checker compares like types only")
        }
    }
}
