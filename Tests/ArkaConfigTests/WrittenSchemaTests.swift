import ArkaConfig
import ArkaJSON
import ArkaModel
import Foundation
import Testing

/// The schemas of `config/schema`, read by our own reader of JSON Schema.
@Suite struct WrittenSchemaTests {
    @Test func `every schema that is written for others is one that we can check by`() throws {
        let folder = TestFiles.project.appending(path: "config/schema")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count > 5)
        for name in names {
            let text = Array(try Data(contentsOf: folder.appending(path: name)))
            let reading = JSONSchema.read(SourceText(name: name, utf8: text))
            #expect(reading.schema != nil, "\(rendered(reading.diagnostics))")
        }
    }

    @Test func `a decision without its status breaks the schema of decisions`() throws {
        let path = "config/schema/arka.decision-1.schema.json"
        let text = Array(try Data(contentsOf: TestFiles.project.appending(path: path)))
        let schema = try #require(
            JSONSchema.read(SourceText(name: path, utf8: text)).schema)
        let empty = try #require(parseJSON(SourceText(name: "decision", text: "{}")).root)
        #expect(schema.problems(in: empty).contains { $0.description == "status is missing" })
    }
}
