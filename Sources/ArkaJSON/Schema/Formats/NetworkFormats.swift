extension ArraySlice<UInt8> {
    /// Four numbers up to 255, without leading zeros.
    var isIPv4: Bool {
        let parts = split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
                    && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && part.reduce(0, { $0 * 10 + Int($1 - UInt8(ascii: "0")) }) <= 255
            }
    }
}

extension [UInt8] {
    /// Eight groups of up to four hexadecimal digits, the last two as IPv4 if so wished, one run of
    /// zeros left out as `::`.
    var isIPv6: Bool {
        let gaps = indices.dropLast().filter {
            self[$0] == UInt8(ascii: ":") && self[$0 + 1] == UInt8(ascii: ":")
        }
        guard let gap = gaps.first else { return self[...].widthOfGroups == 8 }
        let (before, after) = (self[..<gap], self[(gap + 2)...])
        guard gaps.count == 1, !before.contains(UInt8(ascii: ".")),
            let left = before.isEmpty ? 0 : before.widthOfGroups,
            let right = after.isEmpty ? 0 : after.widthOfGroups
        else { return false }
        return left + right < 8
    }

    /// A scheme, and characters that a URI may hold, as RFC 3986 writes them.
    var isURI: Bool {
        guard let colon = firstIndex(of: UInt8(ascii: ":")), colon > 0, self[0].isLetter,
            self[..<colon].allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
        else { return false }
        var rest = self[(colon + 1)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard rest[(hash + 1)...].isURIText("/?") else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard rest[(mark + 1)...].isURIText("/?") else { return false }
            rest = rest[..<mark]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            guard rest[..<end].isAuthority else { return false }
            rest = rest[end...]
        }
        return rest.isURIText("/")
    }
}

extension ArraySlice<UInt8> {
    /// The groups of 16 bits that it spells, an IPv4 address at the end being two; `nil` if it does not.
    fileprivate var widthOfGroups: Int? {
        let groups = split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var width = 0
        for (index, group) in groups.enumerated() {
            if (1...4).contains(group.count), group.allSatisfy(\.isHexDigit) {
                width += 1
            } else if index == groups.count - 1, group.isIPv4 {
                width += 2
            } else {
                return nil
            }
        }
        return width
    }

    /// Whether it is characters of a path, and some others.
    fileprivate func isURIText(_ others: String) -> Bool {
        var index = startIndex
        while index < endIndex {
            let byte = self[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < endIndex, self[index + 1].isHexDigit, self[index + 2].isHexDigit
                else { return false }
                index += 3
                continue
            }
            let isTaken =
                byte.isLetter || byte.isDigit || "-._~!$&'()*+,;=:@".utf8.contains(byte)
                || others.utf8.contains(byte)
            if !isTaken { return false }
            index += 1
        }
        return true
    }

    /// `user@host:port`, the host perhaps an address in brackets.
    fileprivate var isAuthority: Bool {
        var host = self
        if let at = host.lastIndex(of: UInt8(ascii: "@")) {
            guard host[..<at].isURIText(""), !host[..<at].contains(UInt8(ascii: "@")) else {
                return false
            }
            host = host[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let close = host.firstIndex(of: UInt8(ascii: "]")),
                Array(host[(host.startIndex + 1)..<close]).isIPv6
            else { return false }
            let port = host[(close + 1)...]
            return port.isEmpty
                || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit)
        }
        if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
            guard host[(colon + 1)...].allSatisfy(\.isDigit) else { return false }
            host = host[..<colon]
        }
        return host.isURIText("") && !host.contains { ":@".utf8.contains($0) }
    }
}

extension UInt8 {
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
    var isHexDigit: Bool { isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self | 0x20 }
}
