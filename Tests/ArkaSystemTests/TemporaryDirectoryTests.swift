import ArkaSystem
import Foundation
import Testing

@Suite struct TemporaryDirectoryTests {
    @Test func `it goes away with what is in it, and not with what links point to`() throws {
        let kept = try TemporaryDirectory()
        var path = ""
        do {
            let directory = try TemporaryDirectory(prefix: "arka-test")
            path = directory.path
            try makeDirectories(directory.file("a/b"))
            try directory.write("a/b/file", Array("x".utf8))
            try FileManager.default.createSymbolicLink(
                atPath: directory.file("a/link"), withDestinationPath: kept.path)
            #expect(isDirectory(path))
        }
        #expect(!isDirectory(path))
        #expect(isDirectory(kept.path))
    }

    @Test func `two are never the same`() throws {
        let pair = try (TemporaryDirectory(), TemporaryDirectory())
        #expect(pair.0.path != pair.1.path)
    }

    @Test func `the program knows its own path`() {
        #expect(programPath.hasPrefix("/"))
    }
}
