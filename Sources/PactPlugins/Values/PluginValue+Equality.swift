import ArkaModel

// Swift takes texts for equal that look the same, such as "é" written as one scalar or as two. Rules
// compare bytes, and what is equal here may share an answer.

extension PluginValue {
    /// Whether both are the same value. Texts are the same if their bytes are, and objects if they have
    /// the same members in the same order.
    public static func == (a: PluginValue, b: PluginValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): isSame(a, b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

extension PluginValue.Member {
    /// Whether both have the same name, byte by byte, and the same value.
    public static func == (a: PluginValue.Member, b: PluginValue.Member) -> Bool {
        a.isNamed(b.name) && a.value == b.value
    }
}
