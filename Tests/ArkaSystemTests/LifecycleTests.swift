import ArkaSystem
import Foundation
import Testing

/// Real processes and real signals: each test runs `LifecycleFixture` and reads what it says.
@Suite(.timeLimit(.minutes(1))) struct LifecycleTests {
    @Test func `hang-ups are survived and a stop signal stops the parts in reverse order`() throws {
        let program = try Fixture("works", grace: 10_000)
        program.readLine(#"started("consumer")"#)
        program.send(SIGHUP)
        program.readLine("reopen")
        program.send(SIGTERM)
        #expect(program.exitCode() == 0)
        let stops = program.lines.filter { $0.hasPrefix("stop") }
        let expected = [
            "stopping", "stopping consumer", #"stopped("consumer")"#, "stopping admin",
            #"stopped("admin")"#,
        ]
        #expect(stops == expected)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a second signal ends the process at once`(signal: Int32) throws {
        let program = try Fixture("hangs", grace: 600_000)
        program.readLine(#"started("consumer")"#)
        program.send(signal)
        program.readLine("stopping consumer")
        program.send(signal)
        #expect(program.exitCode() == 128 + signal)
    }

    @Test func `a part that does not stop in time is named and ends the program with 1`() throws {
        let program = try Fixture("hangs", grace: 100)
        program.readLine(#"started("consumer")"#)
        program.send(SIGTERM)
        #expect(program.exitCode() == 1)
        #expect(program.lines.last == #"overran("consumer")"#)
    }

    @Test func `a part that does not start stops those before it and ends with 1`() throws {
        let program = try Fixture("broken", grace: 10_000)
        #expect(program.exitCode() == 1)
        let reason = "consumer: out of order [ARKA-SYS-0009]"
        let expected = [
            #"started("admin")"#, #"failedToStart("consumer", reason: "\#(reason)")"#, "stopping",
            "stopping admin", #"stopped("admin")"#,
        ]
        #expect(program.lines == expected)
    }

    @Test func `a stop that the program itself asks for decides the exit code`() throws {
        let program = try Fixture("fenced", grace: 10_000)
        #expect(program.exitCode() == 3)
    }
}

/// A running `LifecycleFixture`.
final class Fixture {
    private let process = Process()
    private let output = Pipe()
    private var unread: [UInt8] = []
    private(set) var lines: [String] = []

    init(_ mode: String, grace milliseconds: Int) throws {
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent("LifecycleFixture")
        process.arguments = [mode, "\(milliseconds)"]
        process.standardOutput = output
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Reads lines until this one came, or the output ended.
    func readLine(_ wanted: String) {
        repeat { if lines.last == wanted { return } } while readLine()
        Issue.record("'\(wanted)' did not come, but \(lines)")
    }

    func exitCode() -> Int32 {
        while readLine() {}
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func readLine() -> Bool {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(String(decoding: unread[..<end], as: UTF8.self))
                unread.removeSubrange(...end)
                return true
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return false }
            unread += more
        }
    }
}
