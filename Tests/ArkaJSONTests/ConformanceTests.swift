import ArkaJSON
import ArkaModel
import Foundation
import Testing

/// Every file of the JSON parsing suite (`y_` must be taken, `n_` refused, `i_` either, no crash).
@Suite struct ConformanceTests {
    /// Legal by RFC 8259, refused by us: a document that names a member twice was not meant so.
    static let duplicateNames: Set = [
        "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
    ]

    @Test func `the parsing suite is taken and refused as it says`() throws {
        let files = try suite()
        guard !files.isEmpty else {
            print("SKIPPED: ../shared/data/conformance/json is absent")
            return
        }
        for file in files {
            let name = file.lastPathComponent
            let text = SourceText(name: name, utf8: Array(try Data(contentsOf: file)))
            let document = parseJSON(text)
            let taken = document.root != nil
            #expect(taken == document.diagnostics.isEmpty, "\(name)")
            if Self.duplicateNames.contains(name) {
                #expect(document.diagnostics.map(\.code) == [.jsonDuplicateName], "\(name)")
            } else if !name.hasPrefix("i_") {
                #expect(taken == name.hasPrefix("y_"), "\(name): \(document.diagnostics)")
            }
        }
    }

    private func suite() throws -> [URL] {
        let project = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = project.appending(path: "../shared/data/conformance/json")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default
            .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
    }
}
