import ArkaModel

/// A format that texts are tested for.
enum TextFormat: String, Sendable, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case duration
    case ipv4
    case ipv6
    case uuid
    case uri
    case jsonPointer = "json-pointer"

    /// What a text must be, for messages.
    var said: String {
        switch self {
        case .dateTime: "a date and time as in RFC 3339"
        case .date: "a date such as 2026-02-04"
        case .time: "a time with its offset, such as 18:30:29Z"
        case .duration: "a duration such as PT30S"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uuid: "a UUID"
        case .uri: "a URI with its scheme, such as https://example.com/"
        case .jsonPointer: "a JSON Pointer"
        }
    }

    /// Whether a text is of the format.
    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return switch self {
        case .dateTime: bytes.count > 10 && Timestamp.seconds(bytes) != nil
        case .date: bytes.count == 10 && Timestamp.seconds(bytes) != nil
        // Of any day, unless the second is a leap second, which only some days have.
        case .time: Timestamp.seconds(Array("2000-01-01T".utf8) + bytes) != nil
        case .duration: bytes.isISODuration
        case .ipv4: bytes[...].isIPv4
        case .ipv6: bytes.isIPv6
        case .uuid: bytes.isUUID
        case .uri: bytes.isURI
        case .jsonPointer: bytes.isJSONPointer
        }
    }
}

extension [UInt8] {
    fileprivate var isUUID: Bool {
        count == 36
            && indices.allSatisfy { index in
                [8, 13, 18, 23].contains(index)
                    ? self[index] == UInt8(ascii: "-") : self[index].isHexDigit
            }
    }

    /// `P3D`, `PT36H`, `P1Y2M3DT4H5M6S`, `P4W`: as RFC 3339, appendix A, each unit directly behind the
    /// one above it.
    fileprivate var isISODuration: Bool {
        guard first == UInt8(ascii: "P"), count > 2 else { return false }
        let halves = dropFirst().split(
            separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        if halves.count == 1, halves[0].units == [UInt8(ascii: "W")] { return true }
        let dates: [[UInt8]] =
            [Array("YMD".utf8), Array("YM".utf8), Array("Y".utf8)]
            + [Array("MD".utf8), Array("M".utf8), Array("D".utf8)]
        let times: [[UInt8]] =
            [Array("HMS".utf8), Array("HM".utf8), Array("H".utf8)]
            + [Array("MS".utf8), Array("M".utf8), Array("S".utf8)]
        let hasDate = halves[0].units.map(dates.contains) ?? false
        guard halves.count == 2 else { return hasDate }
        return (hasDate || halves[0].isEmpty) && (halves[1].units.map(times.contains) ?? false)
    }

    fileprivate var isJSONPointer: Bool {
        guard let first else { return true }
        let isSound = indices.allSatisfy { index in
            guard self[index] == UInt8(ascii: "~") else { return true }
            return index + 1 < count
                && [UInt8(ascii: "0"), UInt8(ascii: "1")].contains(self[index + 1])
        }
        return first == UInt8(ascii: "/") && isSound
    }
}

extension ArraySlice<UInt8> {
    /// The letters of a duration, each behind its digits; `nil` if it is not written so.
    fileprivate var units: [UInt8]? {
        var units: [UInt8] = []
        var hasDigits = false
        for byte in self {
            if byte.isDigit {
                hasDigits = true
            } else {
                guard hasDigits else { return nil }
                units.append(byte)
                hasDigits = false
            }
        }
        return hasDigits || units.isEmpty ? nil : units
    }
}
