/// The query of an address, and what of an address may be shown.
enum QueryText {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// `?a=1&b=x%20y`, or nothing.
    static func text(of query: [(String, PluginValue)]) -> String {
        var pairs: [String] = []
        for (name, value) in query {
            let values = if case .array(let elements) = value { elements } else { [value] }
            for value in values where value != .null {
                pairs.append("\(encoded(name))=\(encoded(value.text ?? value.jsonText))")
            }
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// Host and port: never a path or a query, which may be personal.
    static func host(of url: String) -> String {
        let rest = url.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
        let ends: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")]
        return String(decoding: rest.prefix { !ends.contains($0) }, as: UTF8.self)
    }

    /// Everything but what RFC 3986 calls unreserved as `%` and two digits.
    private static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(byte)
        }
    }
}
