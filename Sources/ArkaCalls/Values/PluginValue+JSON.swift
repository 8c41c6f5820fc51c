import ArkaJSON
import ArkaModel
import PactPlugins

extension PluginValue {
    /// Reads JSON; `nil` if it is none, names a member twice, or holds a number that is not exact
    /// here.
    init?(json: [UInt8]) {
        let text = SourceText(name: "value", utf8: json)
        guard let root = parseJSON(text).root else { return nil }
        self.init(root)
    }

    private init?(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .boolean(let truth): self = .boolean(truth)
        case .string(let text): self = .string(text)
        case .number:
            guard let number = node.exactDecimal else { return nil }
            self = .number(number)
        case .array(let nodes):
            var elements: [PluginValue] = []
            for node in nodes {
                guard let element = PluginValue(node) else { return nil }
                elements.append(element)
            }
            self = .array(elements)
        case .object(let nodes):
            var members: [Member] = []
            for node in nodes {
                guard let value = PluginValue(node.value) else { return nil }
                members.append(Member(node.name, value))
            }
            self = .object(members)
        }
    }

    /// The value as JSON without spaces, numbers exact, members in their order.
    var json: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    private func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.description.utf8)
        case .string(let text): bytes.append(jsonString: text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(jsonString: member.name)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

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
