import Foundation
import Testing

/// The page on the audit trail shows a file of this target, so what it shows compiles and is tested.
@Suite struct AuditPageTests {
    @Test func `the page's Swift block is the plugin that the tests use, to the letter`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let page = folder.appending(path: "../../docs/guide/audit.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        let blocks = text.matches(of: /(?ms)^```swift file=(\S+)\n(.*?)^```$/)
        #expect(blocks.map { String($0.1) } == ["AuditedPlugin.swift"])
        for block in blocks {
            let file = folder.appending(path: "Examples/" + String(block.1))
            #expect(try String(contentsOf: file, encoding: .utf8) == String(block.2))
        }
    }
}
