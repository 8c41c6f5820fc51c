import CCurl
import Glibc

// SAFETY: for all callbacks, the context is the transfer (or the loop) that the handle was prepared for,
// and lives until the handle has been removed; pointers are valid during the call and as long as libcurl
// says; all run on the event thread, inside libcurl's functions, and call none of them.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

/// Takes bytes of the body; anything but their number ends the transfer.
let receiveBody: curl_write_callback = { bytes, size, count, context in
    guard let bytes, let transfer = transfer(context) else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.receive(body: buffer) ? buffer.count : 0
}

/// Takes one line of the head, or of the trailer.
let receiveHeader: curl_write_callback = { bytes, size, count, context in
    guard let bytes, let transfer = transfer(context) else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.receive(header: buffer) ? buffer.count : 0
}

/// Opens a socket to an address that libcurl is about to connect to, if the policy allows it.
let openSocket: curl_opensocket_callback = { context, _, address in
    guard let address, let transfer = transfer(context),
        let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr)
    else { return -1 }
    // The address is longer than its declared type where it is IPv6: read it in place.
    let place = UnsafeRawPointer(address) + offset
    let found = IPAddress(socketAddress: place, family: address.pointee.family)
    guard transfer.mayConnect(to: found) else { return -1 }
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.protocol)
}

/// Asked on every connection, a kept-alive one too, right before the request is sent on it.
let beforeRequest: curl_prereq_callback = { context, remote, _, _, _ in
    guard let remote, let transfer = transfer(context) else { return 1 }
    return transfer.maySend(to: IPAddress(String(cString: remote))) ? 0 : 1
}
