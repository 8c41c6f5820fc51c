import CMicrohttpd

/// A request as far as the server looks at it: its head.
struct AdminRequest {
    let method: String
    /// The path as sent, without the query. Not decoded: `%00` would end a C string early.
    let path: String
    /// How many bodies the head announces, and in how many ways.
    let contentLengths: [String]
    let hasTransferEncoding: Bool
    let host: String?

    /// What is wrong with the head, as an answer; `nil` if nothing is.
    ///
    /// Nothing here takes a body, and lengths that a proxy could read differently than we do are how
    /// requests are smuggled: all of that is refused. On loopback, a foreign host name means that a web
    /// page has pointed its own name at this machine.
    func refusal(onLoopback: Bool) -> AdminResponse? {
        if hasTransferEncoding || contentLengths.contains(where: { $0 != "0" })
            || contentLengths.count > 1
        {
            return AdminResponse(400, "no request body is taken here\n")
        }
        if onLoopback, let host, !isLoopback(host) {
            return AdminResponse(403, "unknown host name\n")
        }
        guard method == "GET" || method == "HEAD" else {
            return AdminResponse(405, "only GET and HEAD are known here\n")
        }
        return nil
    }

    private func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains { name in
            guard host.lowercased().hasPrefix(name) else { return false }
            let rest = host.dropFirst(name.count)
            return rest.isEmpty || rest.first == ":" && UInt16(rest.dropFirst()) != nil
        }
    }
}

extension AdminRequest {
    /// Reads the head of a request that libmicrohttpd has parsed.
    init(_ connection: OpaquePointer, method: String, path: String) {
        let headers = HeaderList()
        withExtendedLifetime(headers) {
            // SAFETY: the object outlives the call, and the callback runs only during the call.
            let context = Unmanaged.passUnretained(headers).toOpaque()
            MHD_get_connection_values(connection, .HEADER_KIND, collectHeader, context)
        }
        self.method = method
        self.path = path
        contentLengths = headers.values(of: "content-length")
        hasTransferEncoding = !headers.values(of: "transfer-encoding").isEmpty
        host = headers.values(of: "host").first
    }
}

private final class HeaderList {
    private var all: [(name: String, value: String)] = []

    func add(_ name: String, _ value: String) { all.append((name.lowercased(), value)) }
    func values(of name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }
}

// SAFETY: the context is the `HeaderList` of the call above; both texts are valid during the call.
private let collectHeader: MHD_KeyValueIterator = { context, _, name, value in
    guard let context, let name else { return .YES }
    let list = Unmanaged<HeaderList>.fromOpaque(context).takeUnretainedValue()
    list.add(String(cString: name), value.map { String(cString: $0) } ?? "")
    return .YES
}
