import ArkaModel
import ArkaRules
import Foundation
import Testing

/// Expressions of another rules engine, written in our language: the values must come out the same.
///
/// `Conformance/zen-standard.tsv` has a line for each of its cases: our expression, or the reason why
/// there is none. What is expected stays in the other engine's file, which is not part of the project.
@Suite(.enabled("the other engine's cases are not on this machine") { ZenCases.isPresent })
struct ZenExpressionTests {
    @Test func `each case has an answer`() throws {
        let cases = try ZenCases.read()
        #expect(cases.filter { $0.expression != nil }.count >= 150)
        #expect(cases.allSatisfy { ($0.expression == nil) != ($0.reason == nil) })
        #expect(Set(cases.map(\.line)) == (try ZenCases.lines()))
    }

    @Test(arguments: try ZenCases.read().filter { $0.expression != nil })
    func `an expression has the value that the other engine gives`(_ zen: ZenCase) throws {
        let condition = try #require(zen.condition)
        let layout = RecordLayout(roots: [.init(name: "transaction", path: [])])
        let source = SourceText(
            name: "zen.pact", text: rule(condition, attributes: "(on_unknown: review)"))
        let result = compileRules([source], layout: layout, onUnknown: nil)
        let errors = result.diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(condition)\n\(errors.map { $0.rendered() }.joined())")
        let interpreter = try #require(
            RuleInterpreter([source], layout: layout, onUnknown: nil))
        let truth = interpreter.evaluate(zen.input).map(\.truth)
        #expect(truth == [zen.isTrue ? .yes : .no], "line \(zen.line): \(condition)")
    }
}

/// A case of the other engine and what became of it here.
struct ZenCase: Sendable, CustomTestStringConvertible {
    let line: Int
    let expression: String?
    let reason: String?
    let input: RecordValue
    let expected: RecordValue

    var testDescription: String { "line \(line): \(expression ?? reason ?? "")" }

    /// Whether the condition must be true; only a case whose value is `false` asks for the opposite.
    var isTrue: Bool { expected != .boolean(false) }

    /// What must be true, or false where the value is a boolean.
    var condition: String? {
        guard let expression else { return nil }
        let value =
            switch expected {
            case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
            case .number(let number): number.description
            default: ""
            }
        if expression.contains("{}") { return expression.replacing("{}", with: value) }
        return value.isEmpty ? expression : "\(expression) == \(value)"
    }
}

enum ZenCases {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let cases = folder.appending(
        path: "../../../shared/data/conformance/zen-expressions/standard.csv")

    static var isPresent: Bool { FileManager.default.fileExists(atPath: cases.path) }

    private static func rows() throws -> [(line: Int, parts: [String])] {
        let text = try String(contentsOf: cases, encoding: .utf8)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { (line: $0.offset + 1, text: String($0.element)) }
            .filter { $0.line > 1 && !$0.text.isEmpty && !$0.text.hasPrefix("#") }
            .map { (line: $0.line, parts: $0.text.components(separatedBy: ";")) }
    }

    static func lines() throws -> Set<Int> { Set(try rows().map(\.line)) }

    static func read() throws -> [ZenCase] {
        guard isPresent else { return [] }
        let rows = Dictionary(uniqueKeysWithValues: try rows().map { ($0.line, $0.parts) })
        let ours = try String(
            contentsOf: folder.appending(path: "Conformance/zen-standard.tsv"), encoding: .utf8)
        return try ours.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let columns = line.components(separatedBy: "\t")
            let number = try #require(Int(columns[0]))
            let parts = try #require(rows[number], "line \(number) is no case")
            let isExpressed = columns[1] == "+"
            return ZenCase(
                line: number, expression: isExpressed ? columns[2] : nil,
                reason: isExpressed ? nil : columns[2],
                input: isExpressed ? try value(parts[1]) : .null,
                expected: isExpressed ? try value(parts[2]) : .null)
        }
    }

    private static func value(_ text: String) throws -> RecordValue {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        if trimmed.isEmpty { return [:] }
        return RecordValue(foundation: try (try? json(trimmed)) ?? json(strict(trimmed)))
    }

    private static func json(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    /// Some cases write texts in single quotes and keys without any.
    private static func strict(_ text: String) -> String {
        text.replacing("'", with: "\"").replacing(/([{,]\s*)(\w+):/) { "\($0.1)\"\($0.2)\":" }
    }
}

extension RecordValue {
    /// A value that Foundation has read; numbers by their shortest text.
    init(foundation value: Any) {
        switch value {
        case let members as [String: Any]:
            self = .object(
                Dictionary(
                    uniqueKeysWithValues: members.map {
                        (Array($0.key.utf8), RecordValue(foundation: $0.value))
                    }))
        case let elements as [Any]: self = .array(elements.map(RecordValue.init(foundation:)))
        case let text as String: self = .string(Array(text.utf8))
        case let number as NSNumber where CFBoolean.isBoolean(number):
            self = .boolean(number.boolValue)
        case let number as NSNumber:
            self = (try? ExactDecimal("\(number)")).map(RecordValue.number) ?? .outOfRange
        default: self = .null
        }
    }
}

private enum CFBoolean {
    static func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }
}
