import ArkaModel
import ArkaSystem
import Foundation
import Testing

@Suite struct TemporaryDirectoryTests {
    @Test func `it is removed with what is in it, and not what links point to`() throws {
        let kept = try ArkaSystem.TemporaryDirectory(prefix: "kept")
        let directory = try ArkaSystem.TemporaryDirectory(prefix: "arka-test")
        try makeDirectories(directory.path + "/a/b")
        try Data("x".utf8).write(to: URL(filePath: directory.path + "/a/b/file"))
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/a/link", withDestinationPath: kept.path)
        directory.remove()
        #expect(!isDirectory(directory.path))
        #expect(isDirectory(kept.path))
        kept.remove()
    }

    @Test func `the program knows its own path`() {
        #expect(programPath.hasPrefix("/"))
    }
}
