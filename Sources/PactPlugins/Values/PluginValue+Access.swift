public import ArkaModel

extension PluginValue {
    /// A member of an object, its name compared byte by byte; `nil` if there is none, or this is no
    /// object. Setting makes an object of anything else, and setting `nil` removes the member.
    public subscript(name: String) -> PluginValue? {
        get { members.first { $0.isNamed(name) }?.value }
        set {
            var members = self.members
            let index = members.firstIndex { $0.isNamed(name) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name, value))
            case (nil, nil): break
            }
            self = .object(members)
        }
    }

    /// A member of an object, or what stands for it where it is missing or `null`.
    public subscript(name: String, default standIn: PluginValue) -> PluginValue {
        guard let value = self[name], value != .null else { return standIn }
        return value
    }

    /// An element of a list, counted from zero; `nil` if there is none, or this is no list.
    public subscript(index: Int) -> PluginValue? {
        elements.indices.contains(index) ? elements[index] : nil
    }

    /// The members of an object in their order; empty for anything else.
    public var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The elements of a list; empty for anything else.
    public var elements: [PluginValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The text, if it is one.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The truth value, if it is one.
    public var truth: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    /// The exact number, if it is one.
    public var number: ExactDecimal? {
        if case .number(let value) = self { value } else { nil }
    }

    /// Reads a member that must be there and be of a type.
    /// - Throws: ``ArgumentMismatch`` with the way to the value; a missing member counts as `null`, so
    ///   that optional types accept it.
    public func read<Value: PluginArgument>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(ArgumentMismatch) -> Value {
        guard let value = self[name] else {
            guard let absent = try? Value(pluginValue: .null) else {
                throw ArgumentMismatch(expected: Value.schema.described, found: "nothing")
                    .below(.name(name))
            }
            return absent
        }
        do throws(ArgumentMismatch) {
            return try Value(pluginValue: value)
        } catch {
            throw error.below(.name(name))
        }
    }

    /// Reads a member that must be of a type if it is there and not `null`.
    /// - Throws: ``ArgumentMismatch`` with the way to the value.
    public func read<Value: PluginArgument>(
        _ name: String, default standIn: Value
    ) throws(ArgumentMismatch) -> Value {
        guard let value = self[name], value != .null else { return standIn }
        return try read(name)
    }

    /// What it is, for messages: `a text`, `a number`; never the value itself.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension PluginValue.Member {
    func isNamed(_ other: String) -> Bool { isSame(name, other) }
}

/// Compares texts byte by byte. Those that are not even canonically equal, which is the quick test,
/// are not equal in bytes.
func isSame(_ a: String, _ b: String) -> Bool {
    a == b && a.utf8.elementsEqual(b.utf8)
}
