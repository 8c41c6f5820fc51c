import ArkaModel
import ArkaSystem
import Foundation
import Testing

@Suite struct FileReplacementTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [0o600, 0o644, 0o755] as [mode_t])
    func `the contents change and the mode stays`(mode: mode_t) throws {
        let path = try directory.write("file", Array("old".utf8))
        #expect(chmod(path, mode) == 0)
        try replaceFile(path, with: Array("new contents".utf8))
        #expect(try readFile(path, limit: 100) == Array("new contents".utf8))
        var info = stat()
        #expect(stat(path, &info) == 0)
        #expect(info.st_mode & 0o7777 == mode)
        #expect(try listDirectory(directory.path) == ["file"])
    }

    @Test func `readers keep the file that they opened`() throws {
        let path = try directory.write("file", Array("old".utf8))
        let reader = try #require(FileHandle(forReadingAtPath: path))
        try replaceFile(path, with: Array("new".utf8))
        #expect(try reader.readToEnd() == Data("old".utf8))
    }

    @Test func `a link stays a link to the file that changes`() throws {
        try makeDirectories(directory.file("elsewhere"))
        let path = try directory.write("elsewhere/file", Array("old".utf8))
        let link = directory.file("link")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "elsewhere/file")
        try replaceFile(link, with: Array("new".utf8))
        #expect(try readFile(path, limit: 100) == Array("new".utf8))
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: link) == "elsewhere/file")
        #expect(try listDirectory(directory.path).sorted() == ["elsewhere", "link"])
    }

    @Test func `what cannot be replaced is left alone, and nothing else is left behind`() throws {
        let missing = try #require(throws: SystemError.self) {
            try replaceFile(directory.file("missing"), with: [])
        }
        #expect(missing.code == .cannotOpenFile)
        try makeDirectories(directory.file("folder"))
        let folder = try #require(throws: SystemError.self) {
            try replaceFile(directory.file("folder"), with: [])
        }
        #expect(folder.code == .cannotWriteFile && folder.subject == directory.file("folder"))
        #expect(try listDirectory(directory.path) == ["folder"])
        #expect(isDirectory(directory.file("folder")))
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func `a file that may not be written is not replaced either`() throws {
        let path = try directory.write("file", Array("old".utf8))
        #expect(chmod(path, 0o444) == 0)
        let error = try #require(throws: SystemError.self) { try replaceFile(path, with: []) }
        #expect(error.errorNumber == EACCES)
        #expect(try readFile(path, limit: 100) == Array("old".utf8))
    }
}
