import ArkaSystem
import Glibc
import Synchronization

/// What a stop signal does: ends the program at once, unless a command asks to be told.
///
/// Signals are blocked from the first statement on, so somebody has to listen all the time.
final class SignalSwitch: Sendable {
    private let handler: Shared

    private final class Shared: Sendable {
        let stop = Mutex<(@Sendable (StopSignal) -> Void)?>(nil)
    }

    /// Begins to listen.
    /// - Throws: ``SystemError`` (`outOfResources`).
    init() throws(SystemError) {
        let shared = Shared()
        handler = shared
        _ = try StopSignals { signal in
            guard let stop = shared.stop.withLock({ $0 }) else { _exit(128 + signal.rawValue) }
            stop(signal)
        }
    }

    /// Has the first stop signal call this; a second one ends the program at once all the same.
    /// - Parameter stop: Called on the signal thread; must return soon.
    func onStop(_ stop: @escaping @Sendable (StopSignal) -> Void) {
        handler.stop.withLock { $0 = stop }
    }
}
