/// One step from a value to one inside it.
public enum PathStep: Sendable, Hashable {
    /// To the property of an object.
    case property(String)
    /// To an element of an array, counted from zero.
    case element(Int)

    /// The name of the property; `nil` for an element.
    public var property: String? {
        guard case .property(let name) = self else { return nil }
        return name
    }
}

extension PathStep: ExpressibleByStringLiteral {
    /// Makes the step to a property.
    public init(stringLiteral name: String) {
        self = .property(name)
    }
}
