import ArkaSystem
import Foundation
import Testing

@Suite struct RegularFilesTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(.timeLimit(.minutes(1)))
    func `what is no file is refused and holds nobody up, in a folder of somebody else`() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let pipe = directory.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let file = try directory.write("file", Array("text".utf8))
        #expect(symlink(file, directory.file("link")) == 0)
        #expect(symlink("/dev/zero", directory.file("device")) == 0)
        #expect(symlink(directory.file("loop"), directory.file("loop")) == 0)
        #expect(try readRegularFile(file, limit: 4) == Array("text".utf8))
        #expect(try readRegularFile(directory.file("link"), limit: 4) == Array("text".utf8))
        for name in ["pipe", "device", "loop", "nothing", "."] {
            let refused = #expect(throws: SystemError.self) {
                try readRegularFile(directory.file(name), limit: 100)
            }
            #expect(refused?.code == .cannotOpenFile, "\(name)")
        }
        let large = #expect(throws: SystemError.self) { try readRegularFile(file, limit: 3) }
        #expect(large?.code == .fileTooLarge)
        #expect(try listDirectory(directory.path, limit: 5).count == 5)
        let many = #expect(throws: SystemError.self) { try listDirectory(directory.path, limit: 4) }
        #expect(many?.code == .fileTooLarge)
    }

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
