public import ArkaModel
import Synchronization

/// A part of the program that is started and stopped: the consumer, the admin server, the log.
public struct LifecyclePart: Sendable {
    /// The name in messages.
    public let name: String
    /// Starts it and returns once it works; a thrown error stops the program.
    public let start: @Sendable () throws -> Void
    /// Stops it; `deadline` is the ``TimeSource/monotonic`` time at which it must have returned.
    public let stop: @Sendable (_ deadline: Duration) -> Void

    /// Describes a part.
    public init(
        _ name: String, start: @escaping @Sendable () throws -> Void,
        stop: @escaping @Sendable (_ deadline: Duration) -> Void
    ) {
        self.name = name
        self.start = start
        self.stop = stop
    }
}

/// What happens in the life of the program, for the log.
public enum LifecycleEvent: Sendable, Hashable {
    /// A part works.
    case started(String)
    /// A part did not start; those before it are stopped again.
    case failedToStart(String, reason: String)
    /// The ordered stop begins.
    case stopping
    /// A part has stopped.
    case stopped(String)
    /// The grace period is over while this part was stopping.
    case overran(String)

    /// The code of what went wrong; `nil` for what is as it should be.
    public var code: DiagnosticCode? {
        switch self {
        case .failedToStart: .partDidNotStart
        case .overran: .partOverran
        case .started, .stopping, .stopped: nil
        }
    }
}

/// Starts the parts of the program in order and stops them in reverse order under one deadline.
public final class Lifecycle: Sendable {
    private let parts: [LifecyclePart]
    private let grace: Duration
    private let time: any TimeSource
    private let report: @Sendable (LifecycleEvent) -> Void
    private let stopRequested: Latch
    private let allStopped: Latch
    private let partBeingStopped = Mutex("")
    private let requestedCode = Mutex<Int32?>(nil)

    /// Prepares a life.
    /// - Parameters:
    ///   - parts: In the order in which they are started.
    ///   - grace: How long all stops together may take.
    ///   - time: The clock of the deadline handed to the parts.
    ///   - report: Told what happens, on the thread on which it happens.
    /// - Throws: ``SystemError`` (`outOfResources`) if there are no descriptors left.
    public init(
        _ parts: [LifecyclePart], grace: Duration, time: any TimeSource = SystemTime(),
        report: @escaping @Sendable (LifecycleEvent) -> Void
    ) throws(SystemError) {
        self.parts = parts
        self.grace = grace
        self.time = time
        self.report = report
        stopRequested = try Latch()
        allStopped = try Latch()
    }

    /// Asks for the ordered stop; the first request's code is the program's.
    /// - Parameter exitCode: 0 for a signal or the end of the work, 3 for a fenced process.
    public func requestStop(exitCode: Int32 = 0) {
        requestedCode.withLock { $0 = $0 ?? exitCode }
        stopRequested.open()
    }

    /// Runs the parts until ``requestStop(exitCode:)`` is called. Blocks.
    /// - Returns: The exit code: the requested one, or 1 if a part did not start, or did not stop in
    ///   time. In the last case its thread still hangs: the program must exit, not return.
    public func run() -> Int32 {
        let started = startParts()
        if started.count == parts.count { stopRequested.wait() } else { requestStop(exitCode: 1) }
        report(.stopping)
        let code = requestedCode.withLock { $0 ?? 0 }
        return stopParts(started) ? code : 1
    }

    /// - Returns: Those that started; all of them unless one failed.
    private func startParts() -> [LifecyclePart] {
        var started: [LifecyclePart] = []
        for part in parts {
            do {
                try part.start()
            } catch {
                report(.failedToStart(part.name, reason: "\(error)"))
                return started
            }
            report(.started(part.name))
            started.append(part)
        }
        return started
    }

    /// Stops on a thread of its own, so that a part that hangs cannot take the deadline with it.
    private func stopParts(_ started: [LifecyclePart]) -> Bool {
        let deadline = time.monotonic + grace
        do {
            _ = try Thread("stop") { [self] in
                for part in started.reversed() {
                    partBeingStopped.withLock { $0 = part.name }
                    part.stop(deadline)
                    report(.stopped(part.name))
                }
                allStopped.open()
            }
        } catch {
            report(.failedToStart("stop", reason: error.description))
            return false
        }
        if allStopped.wait(atMost: grace) { return true }
        report(.overran(partBeingStopped.withLock { $0 }))
        return false
    }
}
