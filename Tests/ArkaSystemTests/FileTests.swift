import ArkaSystem
import Foundation
import Testing

@Suite struct FileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [0, 1, 99, 100])
    func `a file up to the limit is read whole`(count: Int) throws {
        let bytes = (0..<count).map { UInt8($0) }
        let path = try directory.write("whole", bytes)
        #expect(try readFile(path, limit: 100) == bytes)
    }

    @Test func `a file over the limit is refused, also where no size is known`() throws {
        let path = try directory.write("large", [UInt8](repeating: 1, count: 101))
        for path in [path, "/dev/zero"] {
            let error = try #require(throws: SystemError.self) { try readFile(path, limit: 100) }
            #expect(error.code == .fileTooLarge)
        }
    }

    @Test(arguments: [1, 100, 300_000, 2_000_000])
    func `what a writer was given is what the file has`(piece: Int) throws {
        let path = directory.file("out")
        let writer = try FileWriter(path: path)
        let bytes = (0..<piece).map { UInt8(truncatingIfNeeded: $0) }
        for _ in 0..<3 { try writer.write(bytes.span.bytes) }
        try writer.write("end\n")
        try writer.close(toDisk: true)
        #expect(writer.byteCount == piece * 3 + 4)
        let written = try readFile(path, limit: 10_000_000)
        #expect(written == bytes + bytes + bytes + Array("end\n".utf8))
    }

    @Test func `a full disk is an error, and stays one`() throws {
        let writer = try FileWriter(path: "/dev/full")
        try writer.write("kept in memory")
        for _ in 0..<2 {
            let error = try #require(throws: SystemError.self) { try writer.flush() }
            #expect(error.errorNumber == ENOSPC)
            #expect(error.description.contains("cannot write it: No space left on device"))
        }
    }

    @Test func `a reader that goes away is told from other errors`() async throws {
        await #expect(processExitsWith: .exitCode(0)) {
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            close(ends[0])
            dup2(ends[1], 1)
            let writer = try FileWriter(path: "-")
            try writer.write("nobody reads this")
            do throws(SystemError) {
                try writer.flush()
            } catch {
                exit(error.isBrokenPipe ? 0 : 1)
            }
            exit(2)
        }
    }

    @Test func `a directory is made with those above it, twice without complaint`() throws {
        let path = directory.file("a/b/c")
        try makeDirectories(path)
        try makeDirectories(path)
        var isDirectory: ObjCBool = false
        #expect(FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory))
        #expect(isDirectory.boolValue)
        let file = try directory.write("file", [])
        #expect(throws: SystemError.self) { try makeDirectories(file + "/below") }
    }

    @Test func `one file under two names is the same file`() throws {
        let path = try directory.write("one", [1])
        let link = directory.file("two")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(isSameFile(path, link))
        #expect(!isSameFile(path, try directory.write("other", [1])))
        #expect(!isSameFile(path, directory.file("missing")))
    }
}
