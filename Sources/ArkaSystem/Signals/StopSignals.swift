import ArkaModel
import CSystem
import Glibc

/// Listens to stop signals on a thread of its own.
///
/// Signals are read as data, so that the second one works whatever the rest of the program waits
/// for. ``blockSignals()`` must have run before any thread was started.
public final class StopSignals: Sendable {
    private let ended: WakeEvent
    private let thread: Thread

    /// Starts to listen.
    /// - Parameters:
    ///   - onStop: Called for the first SIGTERM or SIGINT, on the listening thread. It must return
    ///     soon: it tells the program to stop, the work is done elsewhere.
    ///   - onHangUp: Called for each SIGHUP. The default ignores it.
    /// - Throws: ``SystemError`` (`outOfResources`) if the system gives no thread or descriptor.
    public init(
        onHangUp: @escaping @Sendable () -> Void = {},
        onStop: @escaping @Sendable (StopSignal) -> Void
    ) throws(SystemError) {
        let numbers = StopSignal.allCases.map(\.rawValue)
        // SAFETY: the array is only read during the call.
        let descriptor = arka_signalfd(numbers, Int32(numbers.count))
        guard descriptor >= 0 else {
            throw SystemError(
                .outOfResources, "signals", "cannot listen to signals", errorNumber: errno)
        }
        let ended = try WakeEvent()
        self.ended = ended
        thread = try Thread("signals") {
            listen(to: descriptor, until: ended, onHangUp: onHangUp, onStop: onStop)
            close(descriptor)
        }
    }

    /// Stops listening; the signals stay blocked.
    public func cancel() {
        ended.raise()
        thread.join()
    }
}

/// The listening thread: waits for signals and does what ``StopSequence`` says.
private func listen(
    to descriptor: Int32, until ended: WakeEvent, onHangUp: () -> Void,
    onStop: (StopSignal) -> Void
) {
    var sequence = StopSequence()
    while waitUntilReadable([descriptor, ended.descriptor], atMost: nil) {
        guard let signal = StopSignal(rawValue: arka_next_signal(descriptor)) else { return }
        switch sequence.receive(signal) {
        case .reopen: onHangUp()
        case .stop(let signal): onStop(signal)
        case .exit(let code): _exit(code)
        }
    }
}
