import Foundation
import Testing

/// The page on plugins shows files of this target, so what it shows compiles and is tested.
@Suite struct PluginPageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// The Swift blocks of the page with the files that they show.
    private func blocks() throws -> [(file: String, text: String)] {
        let page = Self.folder.appending(path: "../../docs/guide/plugins.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        return text.matches(of: /(?ms)^```swift(?: file=(\S+))?\n(.*?)^```$/)
            .map { (String($0.1 ?? ""), String($0.2)) }
    }

    @Test func `every Swift block of the page is a committed file, to the letter`() throws {
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
