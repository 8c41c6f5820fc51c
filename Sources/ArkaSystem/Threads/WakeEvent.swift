import ArkaModel
import CSystem
import Glibc

/// Wakes one thread that waits; raised from any thread, any number of times.
///
/// Raises between two waits count as one, and none is lost: after a raise the next wait returns.
public final class WakeEvent: Sendable {
    /// The descriptor, readable while raised, for poll loops that wait for other things too.
    let descriptor: Int32

    /// Makes an event that is not raised.
    /// - Throws: ``SystemError`` (`outOfResources`) if there are no descriptors left.
    public init() throws(SystemError) {
        descriptor = arka_eventfd()
        guard descriptor >= 0 else {
            throw SystemError(
                .outOfResources, "wake event", "cannot make a descriptor", errorNumber: errno)
        }
    }

    deinit { close(descriptor) }

    /// Lets the waiting thread go, or the next one that waits.
    public func raise() { arka_event_raise(descriptor) }

    /// Blocks until raised, and lowers the event again.
    /// - Parameter limit: How long to wait; `nil` for ever.
    /// - Returns: False if the time was over first.
    @discardableResult public func wait(atMost limit: Duration? = nil) -> Bool {
        guard waitUntilReadable([descriptor], atMost: limit) else { return false }
        arka_event_clear(descriptor)
        return true
    }

    /// Blocks until raised, or until a descriptor of somebody else can be read; lowers nothing.
    /// - Returns: Whether it is raised.
    public func isRaised(orReadable other: Int32, atMost limit: Duration) -> Bool {
        _ = waitUntilReadable([descriptor, other], atMost: limit)
        return waitUntilReadable([descriptor], atMost: .zero)
    }
}

/// Opens once and stays open; any number of threads may wait for it.
public final class Latch: Sendable {
    private let event: WakeEvent

    /// Makes a closed latch.
    /// - Throws: ``SystemError`` (`outOfResources`) if there are no descriptors left.
    public init() throws(SystemError) { event = try WakeEvent() }

    /// Lets everybody go who waits or will wait.
    public func open() { event.raise() }

    /// Whether it has been opened.
    public var isOpen: Bool { wait(atMost: .zero) }

    /// Blocks until it is open.
    /// - Parameter limit: How long to wait; `nil` for ever.
    /// - Returns: Whether it is open.
    @discardableResult public func wait(atMost limit: Duration? = nil) -> Bool {
        waitUntilReadable([event.descriptor], atMost: limit)
    }
}

/// Blocks until one of the descriptors can be read, starting again after interruptions.
/// - Returns: False if the time was over first.
func waitUntilReadable(_ descriptors: [Int32], atMost limit: Duration?) -> Bool {
    let time = SystemTime()
    let deadline = limit.map { time.monotonic + $0 }
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
        let left = deadline.map { max(.zero, $0 - time.monotonic) }
        // SAFETY: `entries` is ours for the call, with as many entries as we say.
        let count = poll(&entries, nfds_t(entries.count), left.map(pollTimeout) ?? -1)
        if count > 0 { return true }
        if let deadline, time.monotonic >= deadline { return false }
    }
}

/// Milliseconds for `poll`, rounded up so that a short wait is not a busy loop.
func pollTimeout(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(seconds * 1000 + part)
}
