public import ArkaModel

/// A Swift type that stands in what a plugin gives.
public protocol PluginConvertible: Sendable {
    /// The value as JSON has it.
    var pluginValue: PluginValue { get }
}

/// A Swift type that a function of a plugin can take as a parameter.
///
/// ``Double`` is none on purpose: amounts are exact, so functions take ``ArkaModel/ExactDecimal``.
public protocol PluginArgument: PluginConvertible {
    /// What a value must be; rules are checked against it.
    static var schema: RecordSchema { get }
    /// Reads a value.
    /// - Throws: ``ArgumentMismatch`` if the value is of another type. Nothing is converted: `"1"` is
    ///   no number.
    init(pluginValue: PluginValue) throws(ArgumentMismatch)
}

/// A value is not what it must be: where, what was expected there, and what came.
public struct ArgumentMismatch: Error, Hashable, CustomStringConvertible {
    /// A step on the way to the value.
    enum Step: Hashable {
        case name(String), index(Int)
    }

    /// The way to it, from outside in.
    private var path: [Step] = []
    /// What was expected, such as `a text`.
    public let expected: String
    /// What was found; its kind, never its value.
    public let found: String

    /// Describes a mismatch.
    public init(expected: String, found: String) {
        self.expected = expected
        self.found = found
    }

    /// Describes a mismatch with a value.
    public init(expected: String, found value: PluginValue) {
        self.init(expected: expected, found: value.kindName)
    }

    /// The same, seen from one level further out.
    func below(_ step: Step) -> ArgumentMismatch {
        var outer = self
        outer.path.insert(step, at: 0)
        return outer
    }

    /// Where it is, such as `matches[1].score`; empty for the whole value.
    public var place: String {
        var place = ""
        for step in path {
            switch step {
            case .name(let name): place += place.isEmpty ? shown(name) : "." + shown(name)
            case .index(let index): place += "[\(index)]"
            }
        }
        return place
    }

    /// Such as `lists[0] must be a text, not a number`.
    public var description: String {
        "\(path.isEmpty ? "the value" : place) must be \(expected), not \(found)"
    }
}

extension PluginArgument {
    /// Whether a value may be missing. JSON as such may not, though it can be `null`.
    static var mayBeMissing: Bool {
        Self.self != PluginValue.self && (try? Self(pluginValue: .null)) != nil
    }
}

extension PluginValue {
    /// Takes a value of a Swift type.
    public init(_ value: some PluginConvertible) {
        self = value.pluginValue
    }
}
