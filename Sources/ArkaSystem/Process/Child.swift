import ArkaModel
import CSystem
import Glibc

/// Another program, run as a child process: its own group, clean signals, no inherited descriptors.
///
/// `Foundation.Process` is not used: it takes 40 ms from a large parent and hands our blocked signals
/// on to the child.
public final class Child {
    /// The kernel's process id.
    public let processID: Int32
    private var result: Ended?

    /// How a child ended.
    public struct Ended: Sendable, Hashable {
        /// Its exit code; 128 + the signal's number if a signal ended it.
        public let exitCode: Int32
        /// CPU time in user mode.
        public let userTime: Duration
        /// CPU time in the kernel.
        public let systemTime: Duration
    }

    /// Starts a program.
    /// - Parameters:
    ///   - program: A path, or a name to be looked up in `PATH`.
    ///   - inherited: The variables of ours that it gets; `nil` for all. A program that is not ours gets
    ///     those that it needs: others may hold secrets.
    ///   - environment: Added to these; equal names replace.
    ///   - outputs: Descriptors that become its standard output and standard error.
    /// - Throws: ``SystemError`` (`childFailed`), also if there is no such program.
    public init(
        _ program: String, _ arguments: [String], inherited: Set<String>? = nil,
        environment: [String: String] = [:],
        outputs: (standardOutput: Int32, standardError: Int32) = (1, 2)
    ) throws(SystemError) {
        let ours = Self.currentEnvironment.filter { inherited?.contains($0.key) ?? true }
        let merged = ours.merging(environment) { $1 }
        var processIdentifier: Int32 = 0
        let result = withCStrings([program] + arguments) { argumentPointers in
            withCStrings(merged.map { "\($0.key)=\($0.value)" }) { environmentPointers in
                arka_spawn(
                    program, argumentPointers, environmentPointers, outputs.standardOutput,
                    outputs.standardError, &processIdentifier)
            }
        }
        guard result == 0 else {
            throw SystemError(.childFailed, program, "cannot be started", errorNumber: result)
        }
        processID = processIdentifier
    }

    /// The variables of this process.
    public static var currentEnvironment: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        // SAFETY: `environ` is a null-terminated array of C strings; nothing in this program changes it.
        while let entry = next.pointee {
            let parts = String(cString: entry).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            next += 1
        }
        return variables
    }

    /// Looks whether the child has ended, without waiting.
    public func poll() -> Ended? { wait(blocking: false) }

    /// Waits until it has ended.
    public func wait() -> Ended? { wait(blocking: true) }

    /// Sends a signal to the child's whole process group; nothing once it has ended.
    public func signal(_ number: Int32) {
        // Not reaped yet, so the id cannot belong to anybody else.
        if result == nil { kill(-processID, number) }
    }

    private func wait(blocking: Bool) -> Ended? {
        if let result { return result }
        var code: Int32 = 0
        var user: Int64 = 0
        var system: Int64 = 0
        guard arka_wait_child(processID, blocking ? 1 : 0, &code, &user, &system) == 1 else {
            return nil
        }
        result = Ended(
            exitCode: code, userTime: .nanoseconds(user), systemTime: .nanoseconds(system))
        return result
    }
}

/// Lends a null-terminated array of C strings.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    // SAFETY: each copy lives until the end of this function; the array ends with a null pointer.
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
