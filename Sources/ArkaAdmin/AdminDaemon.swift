import CMicrohttpd
import Glibc

/// Starts libmicrohttpd without threads of its own, on a socket of ours.
/// - Parameters:
///   - listener: A listening socket; still the caller's if this fails.
///   - loop: Gets the callbacks. Must outlive the daemon.
/// - Returns: `nil` if libmicrohttpd refuses.
func startDaemon(
    on listener: Int32, for loop: AdminLoop, limits: AdminLimits
) -> OpaquePointer? {
    // SAFETY: the loop outlives the daemon, as the caller promises.
    let context = Unmanaged.passUnretained(loop).toOpaque()
    func item(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil)
        -> MHD_OptionItem
    { MHD_OptionItem(option: option, value: value, ptr_value: pointer) }
    // SAFETY: callbacks travel as numbers in an option array; each is of the type that its option
    // is documented to take.
    let options = [
        item(.LISTEN_SOCKET, Int(listener)),
        item(.CONNECTION_LIMIT, limits.connections),
        item(.CONNECTION_MEMORY_LIMIT, limits.connectionBytes),
        item(.STRICT_FOR_CLIENT, 1),
        item(.UNESCAPE_CALLBACK, unsafeBitCast(keepEscaped, to: Int.self)),
        item(.NOTIFY_CONNECTION, unsafeBitCast(connectionChanged, to: Int.self), context),
        item(.NOTIFY_COMPLETED, unsafeBitCast(requestCompleted, to: Int.self), context),
        item(.END, 0),
    ]
    return arka_mhd_start(UInt32(MHD_USE_EPOLL.rawValue), handleRequest, context, options)
}

// SAFETY, for all callbacks: the context is the loop of `startDaemon`, which outlives the daemon;
// texts are valid during the call; all run on the loop's own thread, inside `MHD_run`.

private func loop(_ context: UnsafeMutableRawPointer?) -> AdminLoop? {
    context.map { Unmanaged<AdminLoop>.fromOpaque($0).takeUnretainedValue() }
}

/// Called when a head is complete, and again to answer. An answer given at the first call would make
/// libmicrohttpd close the connection, which is right for refusals only.
private let handleRequest: MHD_AccessHandlerCallback = {
    context, connection, path, method, _, _, _, slot in
    guard let loop = loop(context), let connection, let path, let method, let slot else {
        return .NO
    }
    guard slot.pointee == nil else { return loop.answer(connection, String(cString: path)) }
    // Only a mark, never followed: the head has been seen.
    slot.pointee = context
    return loop.receive(connection, String(cString: method), String(cString: path))
}

private let connectionChanged: MHD_NotifyConnectionCallback = { context, connection, _, code in
    guard let loop = loop(context), let connection else { return }
    if code == .CONNECTION_NOTIFY_STARTED {
        loop.opened(connection)
    } else {
        loop.closed(connection)
    }
}

private let requestCompleted: MHD_RequestCompletedCallback = { context, connection, _, _ in
    guard let loop = loop(context), let connection else { return }
    loop.completed(connection)
}

/// The default would turn `%00` into the end of the path: leave it as it was sent.
private let keepEscaped:
    @convention(c) (
        UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?
    ) -> Int = { _, _, text in text.map { strlen($0) } ?? 0 }
