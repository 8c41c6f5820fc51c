import Foundation

/// A directory that goes away with the test.
final class TemporaryDirectory {
    let path: String

    init() throws {
        let name = "arka-tests-\(UUID().uuidString)"
        path = NSTemporaryDirectory() + name
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path in it.
    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file in it and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }
}
