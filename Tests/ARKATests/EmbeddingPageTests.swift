import ARKA
import ArkaModel
import Foundation
import PactPlugins
import Testing

/// The page on embedding shows files of this target, so what it shows compiles and runs.
@Suite struct EmbeddingPageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// The blocks of the page that show a file.
    private func blocks() throws -> [(file: String, text: String)] {
        let page = Self.folder.appending(path: "../../docs/guide/embedding.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        return text.matches(of: /(?ms)^```swift file=(\S+)\n(.*?)^```$/)
            .map { (String($0.1), String($0.2)) }
    }

    @Test func `every file that the page shows is a committed one, to the letter`() throws {
        let blocks = try blocks()
        for block in blocks {
            let file = Self.folder.appending(path: "Examples/" + block.file)
            #expect(try String(contentsOf: file, encoding: .utf8) == block.text, "\(block.file)")
        }
        let examples = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appending(path: "Examples").path)
        #expect(Set(blocks.map(\.file)) == Set(examples), "a file is not shown, or not there")
    }

    @Test func `what the page shows decides as it says`() async throws {
        let screening = try await Screening(accounts: ["DE02 1203"])
        let listed = try await screening.decide(["account": "DE02 1203", "amount": 12.50])
        #expect(listed.status == .rejected)
        #expect(listed.actions.map(\.reason) == ["account is on the watchlist"])
        let large = try await screening.decide(["account": "DE89 3704", "amount": 20_000])
        #expect(large.status == .flagged && large.rules == ["large_payment"])
        let without = try await screening.decide(
            ["account": "DE02 1203", "amount": 12.50], usesWatchlist: false)
        #expect(without.status == .manualReview && without.isDegraded)
        #expect(without.unknown.map(\.name) == ["listed_account"])
        #expect(without.unknown.map(\.cause) == [.disabled])
        await screening.end()
        await #expect(throws: (any Error).self) { try await screening.decide(["amount": 1]) }
    }
}
