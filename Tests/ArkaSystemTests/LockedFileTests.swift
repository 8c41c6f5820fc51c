import ArkaSystem
import Foundation
import Testing

@Suite struct LockedFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `a claimed file cannot be claimed again until it is let go`() throws {
        let path = directory.file("slot-0")
        var first = try LockedFile.claim(path)
        #expect(first != nil)
        #expect(try LockedFile.claim(path) == nil)
        first = nil
        #expect(try LockedFile.claim(path) != nil)
    }

    @Test func `the lock ends with the process that holds it`() async throws {
        let path = directory.file("slot-0")
        setenv("ARKA_TEST_LOCK", path, 1)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let path = String(cString: getenv("ARKA_TEST_LOCK"))
            let file = try #require(try LockedFile.claim(path))
            try file.replaceContents(Array("held".utf8))
            withExtendedLifetime(file) { _ = raise(SIGKILL) }
        }
        let file = try #require(try LockedFile.claim(path))
        #expect(try file.contents() == Array("held".utf8))
    }

    @Test(arguments: ["", "short", "a longer text than before\n"])
    func `contents are replaced whole`(text: String) throws {
        let file = try #require(try LockedFile.claim(directory.file("slot-1")))
        try file.replaceContents(Array("instance 1234\nlanes 4\n".utf8))
        try file.replaceContents(Array(text.utf8))
        #expect(try file.contents() == Array(text.utf8))
    }

    @Test func `a file that is no slot is refused`() throws {
        let path = try directory.write("large", [UInt8](repeating: 1, count: 5000))
        let file = try #require(try LockedFile.claim(path))
        let error = #expect(throws: SystemError.self) { try file.contents() }
        #expect(error?.code == .fileTooLarge)
    }
}
