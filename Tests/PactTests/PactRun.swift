import Foundation

/// One run of the program itself.
struct PactRun {
    let code: Int32
    let output: String
    let error: String

    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        in folder: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = Self.program
        process.currentDirectoryURL = folder.map { URL(fileURLWithPath: $0) } ?? Self.project
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipes = (Pipe(), Pipe(), Pipe())
        process.standardInput = pipes.0
        process.standardOutput = pipes.1
        process.standardError = pipes.2
        // Read before writing ends, so that neither side waits for the other.
        let reader = PipeReader(pipes.1.fileHandleForReading)
        let errors = PipeReader(pipes.2.fileHandleForReading)
        try process.run()
        pipes.0.fileHandleForWriting.write(Data(input.utf8))
        try pipes.0.fileHandleForWriting.close()
        output = reader.text()
        error = errors.text()
        process.waitUntilExit()
        code = process.terminationStatus
    }

    static var program: URL { Bundle.main.bundleURL.appendingPathComponent("pact") }

    /// The folder with the project's topologies, wherever the tests were started.
    static var project: URL {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The last line of standard error.
    var lastLine: String { error.split(separator: "\n").last.map(String.init) ?? "" }
}

/// Reads a pipe to its end on a thread of its own.
private final class PipeReader: @unchecked Sendable {
    // Written by the thread before it raises the semaphore, read after.
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            data = handle.readDataToEndOfFile()
            done.signal()
        }
    }

    func text() -> String {
        done.wait()
        return String(decoding: data, as: UTF8.self)
    }
}
