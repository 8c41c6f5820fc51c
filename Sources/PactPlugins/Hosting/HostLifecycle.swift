/// Where a plugin's life stands, as a value: it takes events and says what to do.
///
/// ```
/// made ──► starting ──► running ──► stopping ──► stopped
///   │          └──────► failed ────────▲            ▲
///   └────────────────────────────────────────────────┘
/// ```
struct HostLifecycle: Sendable, Hashable {
    /// The states.
    enum State: Hashable {
        /// Nothing was called.
        case made
        /// `initialize` is running.
        case starting
        /// It can be called.
        case running
        /// `initialize` threw; the reason.
        case failed(String)
        /// `shutdown` is running.
        case stopping
        /// `shutdown` has ended, or its time was over.
        case stopped(wasAbandoned: Bool)
    }

    /// What to do when somebody asks to start.
    enum StartAction: Hashable {
        /// Call `initialize`.
        case initialize
        /// Wait for the call that is running.
        case wait
        /// There is nothing to do.
        case nothing
        /// Refuse; the reason.
        case refuse(String)
    }

    /// What to do when somebody asks to stop.
    enum StopAction: Hashable {
        /// Wait until `initialize` has ended, if it is running, and call `shutdown`.
        case shutDown
        /// Wait for the call that is running.
        case wait
        /// There is nothing to do.
        case nothing
    }

    private(set) var state = State.made

    /// Somebody asks to start.
    mutating func start() -> StartAction {
        switch state {
        case .made:
            state = .starting
            return .initialize
        case .starting: return .wait
        case .running: return .nothing
        case .failed(let reason): return .refuse(reason)
        case .stopping, .stopped: return .refuse("the plugin was shut down")
        }
    }

    /// `initialize` has ended. If somebody asked to stop meanwhile, that stands.
    mutating func started(failure: String?) {
        guard state == .starting else { return }
        state = failure.map { .failed($0) } ?? .running
    }

    /// Somebody asks to stop.
    mutating func stop() -> StopAction {
        switch state {
        case .made:
            state = .stopped(wasAbandoned: false)
            return .nothing
        case .starting, .running, .failed:
            state = .stopping
            return .shutDown
        case .stopping: return .wait
        case .stopped: return .nothing
        }
    }

    /// `shutdown` has ended, or its time is over.
    mutating func stopped(wasAbandoned: Bool) {
        guard state == .stopping else { return }
        state = .stopped(wasAbandoned: wasAbandoned)
    }
}
