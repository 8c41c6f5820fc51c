import ArkaModel
import ArkaSystem
import Glibc

/// Runs programs one after the other and measures them.
struct ChildRunner {
    /// Where their output goes.
    let directory: String
    /// Opens when the user wants the bench to stop.
    let stopped: Latch

    /// How a program ended, and what it printed.
    struct Result {
        let ended: Child.Ended
        let wholeTime: Duration
        let output: [UInt8]
    }

    /// Runs a program to its end.
    /// - Throws: `SystemError` (`childFailed`) if it cannot be started, ends with another code than 0,
    ///   takes too long, or the user stops the bench.
    func run(
        _ name: String, _ program: String, _ arguments: [String],
        environment: [String: String] = [:]
    ) throws(SystemError) -> Result {
        let output = try ChildOutput(path: "\(directory)/\(name).out")
        let errors = try ChildOutput(path: "\(directory)/\(name).err")
        let time = SystemTime()
        let start = time.monotonic
        let child = try Child(
            program, arguments, environment: environment,
            outputs: (output.descriptor, errors.descriptor))
        let ended = try wait(for: child, name, until: start + BenchLimits.runTimeMax)
        let wholeTime = time.monotonic - start
        guard ended.exitCode == 0 else {
            throw failure(name, "ended with \(ended.exitCode)", errors)
        }
        return Result(
            ended: ended, wholeTime: wholeTime,
            output: try output.bytes(limit: BenchLimits.childOutputBytesMax))
    }

    private func wait(
        for child: Child, _ name: String, until deadline: Duration
    ) throws(SystemError) -> Child.Ended {
        let time = SystemTime()
        while time.monotonic < deadline {
            if let ended = child.poll() { return ended }
            guard stopped.wait(atMost: .milliseconds(10)) else { continue }
            child.signal(SIGTERM)
            _ = child.wait()
            throw SystemError(.childFailed, name, "stopped by the user")
        }
        child.signal(SIGKILL)
        _ = child.wait()
        throw SystemError(.childFailed, name, "took longer than \(BenchLimits.runTimeMax)")
    }

    private func failure(
        _ name: String, _ reason: String, _ errors: ChildOutput
    ) -> SystemError {
        let bytes = (try? errors.bytes(limit: BenchLimits.childOutputBytesMax)) ?? []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let last = lines.suffix(BenchLimits.failureLinesShown).joined(separator: "\n")
        return SystemError(.childFailed, name, last.isEmpty ? reason : "\(reason):\n\(last)")
    }
}
