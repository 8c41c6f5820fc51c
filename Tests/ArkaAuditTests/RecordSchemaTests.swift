import ArkaModel
import ArkaStream
import Foundation
import PactPlugins
import Testing

@testable import ArkaAudit

/// The schema file says what records have.
@Suite struct RecordSchemaTests {
    private let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private let properties: [String: Any]
    private let required: Set<String>

    init() throws {
        let file = project.appending(path: "config/schema/arka.audit-1.schema.json")
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        properties = try #require(schema["properties"] as? [String: Any])
        required = Set(try #require(schema["required"] as? [String]))
    }

    @Test func `records have the members that the schema file says, and no others`() async throws {
        let mailbox = mailbox()
        mailbox.resume(lane: 0, [AuditTail(partition: 3, record: nil)])
        var full = context(3, 7, id: "tx")
        full.ruleID = "sanctions"
        try await mailbox.log(full, details: ["a": 1])
        try await mailbox.log(context(3, 6))
        try await mailbox.log(nil)
        let records = try mailbox.take(for: batch([(3, 7)]), lane: 0).map { try json($0.bytes) }
        var seen: Set<String> = []
        for record in records {
            let members = Set(record.members.map(\.name))
            #expect(members.isSuperset(of: required) && members.isSubset(of: properties.keys))
            seen.formUnion(members)
            for name in ["prev", "hash", "at"] {
                let property = properties[name] as? [String: Any]
                let pattern = try #require(property?["pattern"] as? String)
                let text = try #require(record[name]?.text)
                #expect(text.range(of: pattern, options: .regularExpression) != nil, "\(name)")
            }
            #expect(record.members.last?.name == "hash")
        }
        #expect(seen == Set(properties.keys), "each member stands in one of them")
    }

    @Test func `the guide's records are a chain that holds`() throws {
        let text = try Data(contentsOf: project.appending(path: "docs/guide/audit.jsonl"))
        let lines = text.split(separator: UInt8(ascii: "\n")).map { [UInt8]($0) }
        #expect(findings(lines) == [] && lines.count == 3)
        for line in lines {
            #expect(Set(try json(line).members.map(\.name)).isSubset(of: properties.keys))
        }
    }
}
