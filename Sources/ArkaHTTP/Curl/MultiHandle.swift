import ArkaModel
import ArkaSystem
import CCurl

/// libcurl's multi handle: all transfers under way, their sockets and their timer.
///
/// Belongs to the event thread. libcurl says which sockets to watch and when to be called again; the
/// loop calls it when that comes to pass.
final class MultiHandle {
    private let pointer: UnsafeMutableRawPointer
    private let poll: ReadinessPoll
    /// libcurl's timers go by the machine's clock.
    private let time = SystemTime()
    private var timer: Duration?

    /// Makes a multi handle; `nil` if there is no memory or libcurl does not take an option.
    /// - Parameter connectionsKept: Idle connections that are kept; should exceed what is out at once.
    init?(connectionsKept: Int, poll: ReadinessPoll) {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        self.poll = poll
        // SAFETY: this object outlives its multi handle, which it destroys itself.
        let context = Unmanaged.passUnretained(self).toOpaque()
        guard arka_curl_multi_watch(pointer, watchSocket, timerChanged, context) == CURLM_OK,
            arka_curl_multi_set_number(pointer, CURLMOPT_MAXCONNECTS, connectionsKept) == CURLM_OK
        else { return nil }
    }

    deinit { curl_multi_cleanup(pointer) }

    /// Adds a prepared handle; its transfer begins with the next call.
    /// - Returns: False if libcurl refuses.
    func add(_ easy: EasyHandle) -> Bool {
        curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
    }

    /// Ends a handle's transfer, if it has not ended, and gives the handle back.
    func remove(_ easy: EasyHandle) { curl_multi_remove_handle(pointer, easy.pointer) }

    /// Goes on with the transfer of a socket that is ready.
    func act(on ready: ReadinessPoll.Ready) {
        var what: Int32 = 0
        if ready.isReadable { what |= CURL_CSELECT_IN }
        if ready.isWritable { what |= CURL_CSELECT_OUT }
        if ready.hasFailed { what |= CURL_CSELECT_ERR }
        act(ready.descriptor, what)
    }

    /// How long until libcurl wants to be called, whatever the sockets do; `nil` for never.
    var timeUntilDue: Duration? { timer.map { max(.zero, $0 - time.monotonic) } }

    /// Does what is due by time.
    func actOnTime() {
        guard let timer, timer <= time.monotonic else { return }
        self.timer = nil
        // CURL_SOCKET_TIMEOUT
        act(-1, 0)
    }

    /// Takes the next transfer that has ended, and libcurl's result.
    func nextEnded() -> (transfer: Transfer, result: CURLcode)? {
        var context: UnsafeMutableRawPointer?
        var result = CURLE_OK
        // SAFETY: both are ours for the call. The context is the transfer that the handle was prepared
        // for, and the loop still keeps it.
        guard arka_curl_multi_next_ended(pointer, &context, &result) == 1, let context else {
            return nil
        }
        return (Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue(), result)
    }

    private func act(_ socket: Int32, _ what: Int32) {
        var running: Int32 = 0
        // SAFETY: the number is ours for the call.
        curl_multi_socket_action(pointer, socket, what, &running)
    }

    fileprivate func watch(_ socket: Int32, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else { return poll.forget(socket) }
        // A refusal (no memory in the kernel) leaves the transfer to its time limit.
        _ = poll.watch(
            socket, reading: what & CURL_POLL_IN != 0, writing: what & CURL_POLL_OUT != 0)
    }

    fileprivate func setTimer(_ milliseconds: Int) {
        timer = milliseconds < 0 ? nil : time.monotonic + .milliseconds(milliseconds)
    }
}

// SAFETY: the context is the object that made the multi handle and outlives it.

private let watchSocket: curl_socket_callback = { _, socket, what, context, _ in
    guard let context else { return -1 }
    Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().watch(socket, what)
    return 0
}

private let timerChanged: curl_multi_timer_callback = { _, milliseconds, context in
    guard let context else { return -1 }
    Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds)
    return 0
}
