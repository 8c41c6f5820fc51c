import Testing

@testable import ArkaKafka

@Suite struct LibraryVersionTests {
    @Test func `the loaded library is one that we support`() {
        #expect(LibraryVersion.loaded >= LibraryVersion(2, 0, 2))
    }

    @Test(arguments: [
        (LibraryVersion(2, 0, 2), 2, true), (LibraryVersion(2, 6, 1), 1, false),
        (LibraryVersion(2, 10), 0, false),
    ])
    func `a version knows what it cannot do`(
        version: LibraryVersion, limitations: Int, seeksInMicroseconds: Bool
    ) {
        #expect(version.limitations.count == limitations)
        #expect(version.seeksInMicroseconds == seeksInMicroseconds)
    }

    @Test func `a version reads as people write it`() {
        #expect(LibraryVersion(2, 10, 1).description == "2.10.1")
    }
}
