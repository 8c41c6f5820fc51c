import Glibc

/// A signal that the program listens to.
public enum StopSignal: Int32, Sendable, Hashable, CaseIterable {
    /// The terminal went away, or the log was rotated.
    case hangUp = 1
    /// Control-C.
    case interrupt = 2
    /// The service manager asks to stop.
    case terminate = 15

    /// The name as in `kill -l`.
    public var name: String {
        switch self {
        case .hangUp: "SIGHUP"
        case .interrupt: "SIGINT"
        case .terminate: "SIGTERM"
        }
    }
}

/// What the signals so far ask for: a value, so that it can be tested without signals.
///
/// ```
/// running ──TERM/INT──► stopping ──TERM/INT──► exit at once
///    │ HUP: reopen          │ HUP: reopen
/// ```
public struct StopSequence: Sendable {
    /// What is to be done about a signal.
    public enum Action: Sendable, Hashable {
        /// Begin the ordered stop.
        case stop(StopSignal)
        /// End the process at once with this code, whatever the stop is waiting for.
        case exit(code: Int32)
        /// Open log files anew.
        case reopen
    }

    private var isStopping = false

    /// Begins with a running program.
    public init() {}

    /// Takes one signal.
    public mutating func receive(_ signal: StopSignal) -> Action {
        switch signal {
        case .hangUp: return .reopen
        case .interrupt, .terminate:
            guard !isStopping else { return .exit(code: 128 + signal.rawValue) }
            isStopping = true
            return .stop(signal)
        }
    }
}
