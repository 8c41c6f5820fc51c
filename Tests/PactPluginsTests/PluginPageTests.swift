import Foundation
import Testing

/// The pages on plugins and secrets show files of this target, so what they show compiles and is tested.
@Suite struct PluginPageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// The Swift blocks of the pages with the files that they show.
    private func blocks() throws -> [(file: String, text: String)] {
        try ["plugins.md", "secrets.md"].flatMap { try blocks(of: $0) }
    }

    private func blocks(of name: String) throws -> [(file: String, text: String)] {
        let page = Self.folder.appending(path: "../../docs/guide/" + name).standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        return text.matches(of: /(?ms)^```swift(?: file=(\S+))?\n(.*?)^```$/)
            .map { (String($0.1 ?? ""), String($0.2)) }
    }

    @Test func `every Swift block of the pages is a committed file, to the letter`() throws {
        let blocks = try blocks()
        for block in blocks {
            let file = Self.folder.appending(path: "Examples/" + block.file)
            #expect(try String(contentsOf: file, encoding: .utf8) == block.text, "\(block.file)")
        }
        let examples = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appending(path: "Examples").path)
        #expect(Set(blocks.map(\.file)) == Set(examples), "a file is not shown, or not there")
    }
}
