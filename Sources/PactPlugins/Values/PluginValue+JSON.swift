internal import ArkaJSON
import ArkaModel

/// What becomes of a number that ``ArkaModel/ExactDecimal`` cannot hold exactly.
public enum InexactNumbers: Sendable, Hashable {
    /// The text is refused.
    case refused
    /// It is rounded to 18 decimals; one that is too large is refused all the same. For services that
    /// answer with approximations, such as scores of a model.
    case rounded
}

/// Why a JSON text is no value for a plugin.
public struct JSONRefusal: Error, Hashable, CustomStringConvertible {
    /// What is wrong, and where.
    public let description: String
}

extension PluginValue {
    /// Parses a JSON text strictly: no name twice in an object, nothing behind the value.
    /// - Parameters:
    ///   - json: The text; its bytes need not be valid UTF-8.
    ///   - inexactNumbers: What becomes of numbers that have no exact value here.
    /// - Throws: ``JSONRefusal`` with line and column. Takes time linear in the text, of which at most
    ///   16 MiB and 128 levels are read.
    public init(
        json: some Collection<UInt8>, inexactNumbers: InexactNumbers = .refused
    ) throws(JSONRefusal) {
        let source = SourceText(name: "JSON", utf8: Array(json))
        let document = parseJSON(source)
        guard let root = document.root else {
            let problems = document.diagnostics.map { problem in
                "\(problem.position.line):\(problem.position.column): \(problem.message)"
            }
            throw JSONRefusal(description: "no JSON: " + problems.joined(separator: "; "))
        }
        self = try PluginValue(root, in: source, inexactNumbers)
    }

    /// Parses a JSON text given as a string.
    public init(
        json: String, inexactNumbers: InexactNumbers = .refused
    ) throws(JSONRefusal) {
        try self.init(json: json.utf8, inexactNumbers: inexactNumbers)
    }

    private init(
        _ node: JSONNode, in source: SourceText, _ inexactNumbers: InexactNumbers
    ) throws(JSONRefusal) {
        switch node.kind {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .string(let text): self = .string(text)
        case .number(let text):
            guard let number = Self.number(text, inexactNumbers) else {
                let place = source.position(at: node.range.start)
                throw JSONRefusal(
                    description: "\(place.line):\(place.column): a number that has no exact value "
                        + "of at most 18 decimals")
            }
            self = .number(number)
        case .array(let nodes):
            var elements: [PluginValue] = []
            for node in nodes { elements.append(try PluginValue(node, in: source, inexactNumbers)) }
            self = .array(elements)
        case .object(let nodes):
            var members: [Member] = []
            for node in nodes {
                members.append(
                    Member(node.name, try PluginValue(node.value, in: source, inexactNumbers)))
            }
            self = .object(members)
        }
    }

    private static func number(_ text: String, _ inexact: InexactNumbers) -> ExactDecimal? {
        if let exact = try? ExactDecimal(text) { return exact }
        guard inexact == .rounded, let approximation = Double(text) else { return nil }
        return ExactDecimal(rounding: approximation)
    }

    /// The value as compact JSON.
    public var json: [UInt8] {
        var json: [UInt8] = []
        // Most answers fit; growing to their size costs more than writing them.
        json.reserveCapacity(128)
        append(to: &json)
        return json
    }

    /// The value as compact JSON text.
    public var jsonText: String { String(decoding: json, as: UTF8.self) }

    private func append(to json: inout [UInt8]) {
        switch self {
        case .null: json.append(contentsOf: "null".utf8Span.span)
        case .boolean(true): json.append(contentsOf: "true".utf8Span.span)
        case .boolean(false): json.append(contentsOf: "false".utf8Span.span)
        case .number(let value): json.append(contentsOf: value.description.utf8Span.span)
        case .string(let text): json.append(jsonString: text)
        case .array(let elements):
            json.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                element.append(to: &json)
            }
            json.append(UInt8(ascii: "]"))
        case .object(let members):
            json.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                json.append(jsonString: member.name)
                json.append(UInt8(ascii: ":"))
                member.value.append(to: &json)
            }
            json.append(UInt8(ascii: "}"))
        }
    }
}
