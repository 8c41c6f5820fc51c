/// A JSON value as it is held against a ``JSONSchema``: all values in one list, each with the way to it.
///
/// Built from the inside out: the parts of a list or object before itself, the whole value last.
public struct JSONInstance: Sendable {
    /// A value, as a place in the list.
    public typealias ID = Int

    enum Content: Sendable {
        case null
        case boolean(Bool)
        /// `nil` for one whose exponent is beyond all bounds.
        case number(JSONNumber?)
        case string(String)
        case array([ID])
        case object([Member])
    }

    struct Member: Sendable {
        let name: String
        let value: ID
    }

    struct Value: Sendable {
        var content: Content
        /// What it is a part of, and how it is called there.
        var parent: (ID, JSONPathStep)?
        /// Values that it consists of, itself included.
        var size = 1
    }

    private(set) var values: [Value] = []
    /// The first number that cannot be told exactly.
    private(set) var unreadable: ID?

    /// Begins with nothing.
    public init() {}

    /// Takes a value of a document.
    public init(_ node: JSONNode) { _ = add(node) }

    /// The whole value.
    var root: ID { values.count - 1 }

    /// Adds `null`.
    public mutating func null() -> ID { add(.null) }

    /// Adds `true` or `false`.
    public mutating func boolean(_ value: Bool) -> ID { add(.boolean(value)) }

    /// Adds a number; `nil` for one that ``JSONNumber`` does not hold, which no schema takes.
    public mutating func number(_ value: JSONNumber?) -> ID {
        let id = add(.number(value))
        if value == nil, unreadable == nil { unreadable = id }
        return id
    }

    /// Adds a string.
    public mutating func string(_ text: String) -> ID { add(.string(text)) }

    /// Adds a list of values that were added before.
    public mutating func array(_ elements: [ID]) -> ID {
        let id = add(.array(elements))
        for (index, element) in elements.enumerated() { adopt(element, by: id, .index(index)) }
        return id
    }

    /// Adds an object of values that were added before.
    public mutating func object(_ members: [(name: String, value: ID)]) -> ID {
        let id = add(.object(members.map { Member(name: $0.name, value: $0.value) }))
        for member in members { adopt(member.value, by: id, .name(member.name)) }
        return id
    }

    /// Adds the name of a member as a value of its own, which stands where the member does.
    mutating func name(of member: Member) -> ID {
        let id = add(.string(member.name))
        values[id].parent = values[member.value].parent
        return id
    }

    /// The way to a value, from outside in.
    func path(of id: ID) -> [JSONPathStep] {
        var steps: [JSONPathStep] = []
        var next = values[id].parent
        while let (parent, step) = next {
            steps.append(step)
            next = values[parent].parent
        }
        return steps.reversed()
    }

    private mutating func add(_ content: Content) -> ID {
        values.append(Value(content: content))
        return values.count - 1
    }

    private mutating func adopt(_ part: ID, by parent: ID, _ step: JSONPathStep) {
        values[part].parent = (parent, step)
        values[parent].size += values[part].size
    }

    private mutating func add(_ node: JSONNode) -> ID {
        switch node.kind {
        case .null: return null()
        case .boolean(let value): return boolean(value)
        case .number(let text): return number(JSONNumber(text))
        case .string(let text): return string(text)
        case .array(let elements):
            let ids = elements.map { add($0) }
            return array(ids)
        case .object(let members):
            let ids = members.map { (name: $0.name, value: add($0.value)) }
            return object(ids)
        }
    }
}
