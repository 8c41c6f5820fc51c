import ArkaModel
import CSystem
import Glibc

/// Waits for many descriptors at once (epoll), and for anybody who wakes it.
///
/// One thread watches and waits; ``raise()`` may come from any. Descriptors belong to the caller, who
/// forgets them here before closing them.
public final class ReadinessPoll: Sendable {
    /// A descriptor and what can be done with it without blocking.
    public struct Ready: Sendable, Hashable {
        /// The descriptor.
        public let descriptor: Int32
        /// Bytes, or the end of the stream, can be read.
        public let isReadable: Bool
        /// Bytes can be written.
        public let isWritable: Bool
        /// An error waits to be read.
        public let hasFailed: Bool
    }

    private let epoll: Int32
    private let wake: WakeEvent

    /// Makes one that watches nothing.
    /// - Throws: ``SystemError`` (`outOfResources`) if there are no descriptors left.
    public init() throws(SystemError) {
        wake = try WakeEvent()
        epoll = arka_epoll()
        guard epoll >= 0, arka_epoll_watch(epoll, wake.descriptor, 1, 0) == 0 else {
            let number = errno
            if epoll >= 0 { close(epoll) }
            throw SystemError(
                .outOfResources, "poll", "cannot make a descriptor", errorNumber: number)
        }
    }

    deinit { close(epoll) }

    /// Watches a descriptor, or changes what it is watched for.
    /// - Returns: False if the system refuses: the descriptor is closed, or a limit is reached.
    public func watch(_ descriptor: Int32, reading: Bool, writing: Bool) -> Bool {
        arka_epoll_watch(epoll, descriptor, reading ? 1 : 0, writing ? 1 : 0) == 0
    }

    /// Watches a descriptor no longer; nothing happens to one that is not watched.
    public func forget(_ descriptor: Int32) { arka_epoll_forget(epoll, descriptor) }

    /// Ends the wait under way, or the next one. Several raises between two waits count as one.
    public func raise() { wake.raise() }

    /// Blocks until something is ready, somebody raised, the time is over or a signal came.
    /// - Parameters:
    ///   - limit: How long to wait, rounded up to milliseconds; `nil` for ever.
    ///   - ready: Emptied and filled with what is ready, at most 64 at a time; the rest comes next time.
    /// - Returns: Whether somebody raised since the last wait.
    public func wait(atMost limit: Duration?, into ready: inout [Ready]) -> Bool {
        ready.removeAll(keepingCapacity: true)
        let milliseconds = limit.map(pollTimeout) ?? -1
        var isRaised = false
        withUnsafeTemporaryAllocation(of: arka_readiness.self, capacity: 64) { buffer in
            // SAFETY: the buffer is ours for the call and has the 64 entries that we say; only those
            // that the call filled are read.
            let count = arka_epoll_wait(epoll, buffer.baseAddress, 64, milliseconds)
            for index in 0..<Int(max(0, count)) {
                let entry = buffer[index]
                if entry.descriptor == wake.descriptor {
                    isRaised = true
                } else {
                    ready.append(Ready(entry))
                }
            }
        }
        if isRaised { arka_event_clear(wake.descriptor) }
        return isRaised
    }
}

extension ReadinessPoll.Ready {
    fileprivate init(_ entry: arka_readiness) {
        descriptor = entry.descriptor
        isReadable = entry.readable != 0
        isWritable = entry.writable != 0
        hasFailed = entry.failed != 0
    }
}
