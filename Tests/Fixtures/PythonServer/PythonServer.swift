import ArkaSystem
import Foundation

/// A server in Python on this machine, which prints its port when it listens; ended with the test.
public final class PythonServer: @unchecked Sendable {
    // SAFETY: the child is used only where the server is made and where it ends.

    /// The port on which it listens.
    public let port: UInt16
    private let child: Child

    /// Starts a server and waits until it listens.
    /// - Parameters:
    ///   - script: Relative to the project's `Tests`.
    ///   - python: The interpreter.
    /// - Throws: If it does not start.
    public init(_ script: String, python: String = "python3", _ arguments: [String] = []) throws {
        let path = TestPython.project.appending(path: "Tests/" + script).path
        let output = Pipe()
        child = try Child(
            python, [path] + arguments,
            outputs: (output.fileHandleForWriting.fileDescriptor, 2))
        try output.fileHandleForWriting.close()
        var line = ""
        while !line.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += String(decoding: more, as: UTF8.self)
        }
        guard let port = UInt16(line.dropLast()) else { throw NotStarted(script: script) }
        self.port = port
    }

    deinit {
        child.signal(SIGKILL)
        _ = child.wait()
    }

    /// Where it listens.
    public var url: String { "http://127.0.0.1:\(port)" }
}

/// A server ended before it listened; its own words stand on standard error.
public struct NotStarted: Error {
    /// The server.
    public let script: String
}

/// The Python of tests that need more than Python itself.
public enum TestPython {
    static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardizedFileURL

    /// An interpreter that has moto; `nil` if there is none: `scripts/test-python` makes one.
    public static let withMoto: String? = {
        let own = project.appending(path: ".build/venv-tests/bin/python").path
        return [own, "python3"].first { python in
            guard let child = try? Child(python, ["-c", "import moto, boto3"], outputs: (2, 2))
            else { return false }
            return child.wait()?.exitCode == 0
        }
    }()
}
