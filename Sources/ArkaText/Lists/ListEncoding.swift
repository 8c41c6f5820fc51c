import ArkaModel

/// Looks for what makes a list file no text: invalid UTF-8, NUL, the marks of UTF-16.
struct ListEncoding {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The first byte after a UTF-8 byte order mark.
    var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Reports what is found, once a line; false if the file is in another encoding as a whole.
    func check(_ findings: inout ListFindings) -> Bool {
        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if let place = isUTF16 ? 0 : bytes.firstIndex(of: 0) {
            findings.report(
                .listEncoding, isUTF16 ? "this list is UTF-16" : "this list holds a NUL byte",
                expected: "the file saved as UTF-8", at: place..<(place + 1))
            return false
        }
        var rest = bytes[...]
        while !findings.isFull, let faulty = firstFault(in: rest) {
            findings.report(
                .listEncoding, "these bytes are not UTF-8", expected: "the file saved as UTF-8",
                at: faulty)
            rest = rest[faulty.upperBound...]
            rest = rest.drop { $0 != UInt8(ascii: "\n") }
        }
        return true
    }

    private func firstFault(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            let start = bytes.startIndex + error.byteOffsets.lowerBound
            return start..<(start + error.byteOffsets.count)
        }
    }
}
