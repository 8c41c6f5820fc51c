import ArkaConfig
import ArkaModel
import ArkaRules
import Foundation
import Testing

/// What the Rule Authoring Guide shows is true: every block of it is compiled.
///
/// `json schema` is what the rules are checked against; `pact` is a whole file without a fault, `pact
/// when` are lines of a condition, `pact faulty` is followed by what the checker says of it.
@Suite(.serialized) struct RuleGuideTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/guide/rule-authoring.md").standardizedFileURL

    struct Block: Sendable, CustomTestStringConvertible {
        let line: Int
        let marks: String
        var text: String
        var testDescription: String { "\(marks), line \(line)" }
    }

    static let blocks: [Block] = {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var blocks: [Block] = []
        var open: Block?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.hasPrefix("```"), let block = open {
                blocks.append(block)
                open = nil
            } else if line.hasPrefix("```") {
                open = Block(line: index + 1, marks: String(line.dropFirst(3)), text: "")
            } else {
                open?.text += line + "\n"
            }
        }
        return blocks
    }()

    private static func compile(_ text: String) throws -> CompiledRules {
        let schema = try #require(blocks.first { $0.marks == "json schema" })
        let loaded = readRecordSchema(SourceText(name: "record.schema.json", text: schema.text))
        let layout = RecordLayout(schema: try #require(loaded.value))
        let functions = FunctionTable([
            FunctionSignature(
                plugin: "sanctions_list", name: "check_sanctions", kind: .dataSource,
                parameters: [
                    .init("entity_id", .constrained(.init(types: .string))),
                    .init("entity_type", .constrained(.init(types: .string))),
                ],
                result: .constrained(
                    .init(
                        types: .object,
                        properties: [
                            .init(
                                "is_sanctioned", isRequired: true,
                                .constrained(.init(types: .boolean)))
                        ])))
        ])
        return compileRules(
            [SourceText(name: "example.pact", text: text)],
            RuleInputs(layout: layout, functions: functions))
    }

    @Test func `the guide has examples of every kind`() {
        #expect(Self.blocks.count { $0.marks == "pact" } >= 5)
        #expect(Self.blocks.count { $0.marks == "pact when" } >= 8)
        #expect(Self.blocks.count { $0.marks == "pact faulty" } >= 3)
        #expect(
            Self.blocks.allSatisfy {
                ["json schema", "pact", "pact when", "pact faulty", "text"].contains($0.marks)
            })
    }

    @Test(arguments: blocks.filter { $0.marks == "pact" || $0.marks == "pact when" })
    func `an example compiles without a word`(_ block: Block) throws {
        let isWhole = block.marks == "pact"
        let text =
            isWhole
            ? block.text
            : "rule example(on_unknown: review) {\n when {\n\(block.text)\n }\n"
                + " then {\n flag_for_review()\n }\n}\n"
        let found = try Self.compile(text).diagnostics
        #expect(found.isEmpty, "\(found.map { $0.rendered() }.joined(separator: "\n"))")
    }

    @Test(arguments: blocks.indices.filter { blocks[$0].marks == "pact faulty" })
    func `a faulty example is reported as the guide shows`(_ index: Int) throws {
        let found = try Self.compile(Self.blocks[index].text).diagnostics
        let rendered = found.map { $0.rendered() }.joined(separator: "\n")
            .trimmingCharacters(in: .newlines)
        let shown = try #require(
            Self.blocks.indices.contains(index + 1) ? Self.blocks[index + 1] : nil)
        #expect(shown.marks == "text")
        if ProcessInfo.processInfo.environment["ARKA_UPDATE_GOLDEN"] == "1" {
            try Self.update(Self.blocks[index], shown, with: rendered)
        }
        #expect(shown.text.trimmingCharacters(in: .newlines) == rendered)
    }

    /// Replaces what the guide shows behind a faulty example.
    private static func update(_ example: Block, _ shown: Block, with text: String) throws {
        let guide = try String(contentsOf: file, encoding: .utf8)
        let start = example.text + "```\n```text\n"
        let updated = guide.replacing(start + shown.text, with: start + text + "\n")
        try updated.write(to: file, atomically: true, encoding: .utf8)
    }
}
