import PactPlugins

/// Header fields on their way to libcurl, which sends what it is given: a line break in a value would
/// be a second field.
enum HeaderLines {
    /// Fields that say how the message is framed or where it goes. They follow from the request; given
    /// twice, two readers of the message could disagree.
    private static let reserved: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    /// Checks header fields and writes them as libcurl takes them.
    /// - Throws: `invalidRequest`; the message names the field and never its value.
    static func checked(
        _ headers: [HTTPRequest.Header], hasBody: Bool
    ) throws(HTTPFailure) -> [String] {
        guard headers.count <= HTTPLimits.requestHeadersMax else {
            throw .invalid("there are more than \(HTTPLimits.requestHeadersMax) header fields")
        }
        var lines: [String] = []
        var namesContentType = false
        for header in headers {
            guard isToken(header.name) else {
                throw .invalid("the name of a header field holds what none may")
            }
            let name = header.name.lowercased()
            guard !reserved.contains(name) else {
                throw .invalid("the header field '\(name)' is set by the client")
            }
            guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw .invalid("the header field '\(name)' holds a control character")
            }
            namesContentType = namesContentType || name == "content-type"
            lines.append(line(header))
        }
        // Without a value: libcurl leaves out what it would add by itself.
        lines.append("Expect:")
        if hasBody, !namesContentType { lines.append("Content-Type:") }
        return lines
    }

    /// Those that may go to a host other than the one they were written for: any other may be a key.
    static func harmless(_ lines: [String]) -> [String] {
        lines.filter {
            let name = $0.prefix { $0 != ":" && $0 != ";" }.lowercased()
            return ["accept", "accept-language", "user-agent", "expect"].contains(name)
        }
    }

    /// To libcurl `Name:` means to leave a field out, and `Name;` one without a value.
    private static func line(_ header: HTTPRequest.Header) -> String {
        let isBlank = header.value.utf8.allSatisfy { $0 == 0x20 }
        return isBlank ? header.name + ";" : "\(header.name): \(header.value)"
    }

    /// Whether it is a token of RFC 9110, section 5.6.2.
    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
