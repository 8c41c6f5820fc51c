/// The units of a size, the largest first.
private let byteUnits: [(name: String, bytes: Int)] = [
    ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10), ("", 1),
]

/// Reads a number of bytes, such as `48Mi`, `64Ki` or `512`; `nil` if the text is anything else or
/// too large for an `Int`.
func byteCount(documentText text: String) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let unit = byteUnits.first { $0.name == text.dropFirst(digits.count) }
    guard let unit, let count = Int(digits) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
    return overflow ? nil : bytes
}

/// A number of bytes as a document writes it, in the largest unit that is exact.
public func documentText(byteCount bytes: Int) -> String {
    let unit = byteUnits.first { bytes >= $0.bytes && bytes % $0.bytes == 0 }
    guard let unit else { return String(bytes) }
    return "\(bytes / unit.bytes)\(unit.name)"
}
