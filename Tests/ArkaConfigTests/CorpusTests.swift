import ArkaConfig
import ArkaModel
import Foundation
import Testing

/// Documents with faults, and what users are told about them.
///
/// Each folder of `Corpus` holds `topology.yaml`, `engine.yaml` or `schema.json` with what belongs to
/// it, and `expected.txt`. `ARKA_UPDATE_GOLDEN=1` writes the latter anew.
@Suite struct CorpusTests {
    private static let corpus = "Tests/ArkaConfigTests/Corpus"
    /// The environment of every case.
    private static let environment = ["PASSWORD": "hunter2", "COUNT": "many", "PACT_GROUP": "g"]

    static let cases: [String] = {
        let path = TestFiles.project.appending(path: corpus).path
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return (names ?? []).sorted()
    }()

    @Test func `there are cases`() {
        #expect(Self.cases.count >= 8)
    }

    @Test(arguments: cases)
    func `users are told everything that is wrong`(name: String) throws {
        let folder = Self.corpus + "/" + name
        let shown = rendered(diagnostics(folder)).replacing(folder + "/", with: "")
        let golden = TestFiles.project.appending(path: folder + "/expected.txt")
        if ProcessInfo.processInfo.environment["ARKA_UPDATE_GOLDEN"] == "1" {
            try shown.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(shown == (try String(contentsOf: golden, encoding: .utf8)))
        #expect(!shown.contains("hunter2"))
    }

    private func diagnostics(_ folder: String) -> [Diagnostic] {
        let files = TestFiles.onDisk
        if case .success = files.read(folder + "/topology.yaml") {
            let loaded = loadTopology(
                path: folder + "/topology.yaml", environment: Self.environment, files: files)
            #expect((loaded.value == nil) == loaded.diagnostics.contains { $0.severity == .error })
            return loaded.diagnostics
        }
        if case .success = files.read(folder + "/engine.yaml") {
            return loadEngine(
                path: folder + "/engine.yaml", environment: Self.environment, files: files
            ).diagnostics
        }
        guard case .success(let bytes) = files.read(folder + "/schema.json") else { return [] }
        return readRecordSchema(SourceText(name: folder + "/schema.json", utf8: bytes)).diagnostics
    }
}
