/// Reads a number of processors, such as `500m`, `0.5`, `2` or `1.250`; `nil` if the text is anything else,
/// finer than a thousandth, or too large for an `Int`.
/// - Returns: Thousandths.
func milliCPU(documentText text: String) -> Int? {
    let isDigits = { (part: Substring) in
        !part.isEmpty && part.allSatisfy { ("0"..."9").contains($0) }
    }
    if text.hasSuffix("m") {
        return isDigits(text.dropLast()) ? Int(text.dropLast()) : nil
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy(isDigits), let whole = Int(parts[0]) else {
        return nil
    }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard fraction.count <= 3, let digits = Int(fraction) else { return nil }
    let scale = [100, 10, 1][fraction.count - 1]
    let (thousands, overflow) = whole.multipliedReportingOverflow(by: 1_000)
    let (sum, carry) = thousands.addingReportingOverflow(digits * scale)
    return overflow || carry ? nil : sum
}

/// A number of processors as a document writes it: `500m`, or `2` where it is whole.
public func documentText(milliCPU: Int) -> String {
    milliCPU.isMultiple(of: 1_000) ? "\(milliCPU / 1_000)" : "\(milliCPU)m"
}
