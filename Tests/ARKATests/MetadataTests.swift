import ARKA
import Foundation
import PactPlugins
import Testing

/// A plugin says what it is, or does not compile.
@Suite struct MetadataTests {
    private static let plugin = """
        import PactPlugins

        struct Sample: DataSourcePlugin {
        METADATA
            init(_ configuration: PluginConfiguration, services: PluginServices) {}

            var functions: [DeclaredFunction] {
                DataSource("ask", "Asks") {
                } answerAtOnce: {
                    DataSourceResult()
                }
            }
        }
        """

    /// Checks a source against the modules that these tests were built with.
    /// - Returns: The compiler's exit code, and what it says.
    private func typecheck(_ source: String) throws -> (code: Int32, text: String) {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "arka-metadata-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Sample.swift")
        try source.write(to: file, atomically: true, encoding: .utf8)
        let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swiftc", "-typecheck", "-swift-version", "6", "-I",
            built.appending(path: "Modules").path, "-Xcc",
            // What the plugin's modules are built on; packages are given it by their builder.
            "-fmodule-map-file=" + built.appending(path: "CRE2.build/module.modulemap").path,
            file.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    // acceptance: S-34
    @Test func `a plugin without metadata does not compile, and one with empty ones is refused`()
        async throws
    {
        let metadata = """
                static let metadata = PluginMetadata(
                    name: "sample", version: "1.0.0", description: "Is a sample")
            """
        let whole = try typecheck(Self.plugin.replacing("METADATA", with: metadata))
        #expect(whole.code == 0, "\(whole.text)")
        let missing = try typecheck(Self.plugin.replacing("METADATA", with: ""))
        #expect(missing.code != 0)
        #expect(missing.text.contains("does not conform to protocol 'Plugin'"), "\(missing.text)")
        #expect(missing.text.contains("metadata"), "\(missing.text)")

        // What compiles and says nothing is refused before it is made.
        for type in [NamelessPlugin.self, VersionlessPlugin.self] as [any Plugin.Type] {
            #expect {
                try type.signatures(with: [:])
            } throws: { error in
                "\(error)".contains("ARKA-PLUGIN-0001")
            }
        }
        let manager = PluginManagerTests.manager()
        await #expect(throws: (any Error).self) { try await manager.load("versionless") }
        await #expect(throws: (any Error).self) { try await manager.load("pact/") }
        #expect(manager.loaded.isEmpty)
        await manager.shutdown()
    }
}
