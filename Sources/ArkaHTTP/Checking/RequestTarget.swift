import ArkaModel
import CCurl
import PactPlugins

/// Where a request goes, as libcurl itself reads the address, so that what is checked is what is called.
struct RequestTarget: Sendable, Hashable {
    /// A host and a port: whom limits are for, and what messages name.
    struct Authority: Sendable, Hashable, CustomStringConvertible {
        /// In lower case, without a dot at the end, an IPv6 address without brackets.
        let host: String
        let port: UInt16

        var description: String {
            host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    let authority: Authority
    let isSecure: Bool
    /// The host, if it is an address and no name.
    let literal: IPAddress?
    /// The whole address in libcurl's own form.
    let url: String

    /// Reads an address.
    /// - Throws: `invalidRequest`. The message tells what is wrong and never holds the address: it may
    ///   carry a secret.
    init(_ text: String) throws(HTTPFailure) {
        try Self.checkCharacters(text)
        let parts = try URLParts(text)
        guard let scheme = parts[CURLUPART_SCHEME], scheme == "http" || scheme == "https" else {
            throw .invalid("the address is neither http nor https")
        }
        guard parts[CURLUPART_USER] == nil, parts[CURLUPART_PASSWORD] == nil else {
            throw .invalid("the address holds a user or a password; use a header")
        }
        guard parts[CURLUPART_ZONEID] == nil, let name = parts[CURLUPART_HOST],
            let host = Self.host(name)
        else { throw .invalid("the address has no valid host") }
        guard let port = parts[CURLUPART_PORT].flatMap({ UInt16($0) }), port > 0 else {
            throw .invalid("the address has no valid port")
        }
        if name.hasSuffix(".") { try parts.setHost(host) }
        guard let url = parts[CURLUPART_URL] else { throw .invalid("the address is malformed") }
        authority = Authority(host: host, port: port)
        isSecure = scheme == "https"
        literal = IPAddress(host)
        self.url = url
    }

    /// What a parser might read in more than one way is refused before any parser sees it.
    private static func checkCharacters(_ text: String) throws(HTTPFailure) {
        let bytes = text.utf8
        guard bytes.count <= HTTPLimits.urlBytesMax else {
            throw .invalid("the address has more than \(HTTPLimits.urlBytesMax) bytes")
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw .invalid("the address holds a character that must be percent-encoded")
        }
        let start = text.prefix(8).lowercased()
        guard start.hasPrefix("http://") || start.hasPrefix("https://") else {
            throw .invalid("the address is neither http nor https")
        }
        let authority = text.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
        guard !authority.isEmpty else { throw .invalid("the address has no valid host") }
        guard !authority.contains("@") else {
            throw .invalid("the address holds a user or a password; use a header")
        }
    }

    /// The host as it is compared and resolved; `nil` if it is neither a name nor an address.
    private static func host(_ text: String) -> String? {
        var name = text.lowercased()
        if name.hasPrefix("["), name.hasSuffix("]") {
            return IPAddress(String(name.dropFirst().dropLast())).map(\.description)
        }
        if name.hasSuffix(".") { name.removeLast() }
        return isHostName(name) ? name : nil
    }
}

/// An address taken apart by libcurl.
private final class URLParts {
    private let handle: OpaquePointer

    init(_ text: String) throws(HTTPFailure) {
        guard let handle = curl_url() else { throw .invalid("there is no memory for the address") }
        self.handle = handle
        // SAFETY: the handle is ours; libcurl copies the text.
        let flags = UInt32(CURLU_DISALLOW_USER)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else {
            throw .invalid("the address is malformed")
        }
    }

    deinit { curl_url_cleanup(handle) }

    /// A part; `nil` if the address has none.
    subscript(part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        // SAFETY: libcurl allocates the text, and it is given back here.
        let flags = part == CURLUPART_PORT ? UInt32(CURLU_DEFAULT_PORT) : 0
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    func setHost(_ host: String) throws(HTTPFailure) {
        guard curl_url_set(handle, CURLUPART_HOST, host, 0) == CURLUE_OK else {
            throw .invalid("the address has no valid host")
        }
    }
}
