import ArkaSystem
import Foundation
import Testing

@Suite struct RegularFilesTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `files are found at any depth, in order, without links and hidden names`() throws {
        for folder in ["b", "a/c", ".hidden"] { try makeDirectories(directory.file(folder)) }
        for name in ["z.x", "b/y.x", "a/c/w.x", "a/v.x", "a/other.y", "a/.u.x", ".hidden/t.x"] {
            try directory.write(name, [])
        }
        for (link, target) in [("a/up", ".."), ("link.x", "z.x"), ("gone.x", "nowhere")] {
            try FileManager.default.createSymbolicLink(
                atPath: directory.file(link), withDestinationPath: target)
        }
        let expected = ["a/c/w.x", "a/v.x", "b/y.x", "z.x"]
        for path in [directory.path, directory.path + "/"] {
            #expect(
                try regularFiles(below: path, ending: ".x") == expected.map(directory.file))
        }
        #expect(try regularFiles(below: directory.path, ending: ".none") == [])
    }

    @Test func `what is no directory is an error`() throws {
        let path = try directory.write("file.x", [])
        let error = try #require(throws: SystemError.self) {
            try regularFiles(below: path, ending: ".x")
        }
        #expect(error.code == .cannotOpenFile)
    }
}
