import PactPlugins

extension PluginValue {
    /// Whether lists and objects lie within each other at most so deep.
    func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .null, .boolean, .number, .string: true
        case .array(let elements):
            depth > 0 && elements.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let members):
            depth > 0 && members.allSatisfy { $0.value.isNested(atMost: depth - 1) }
        }
    }
}
