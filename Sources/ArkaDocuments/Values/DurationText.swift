/// The units of a duration, the largest first: the word and its length in milliseconds.
private let durationUnits: [(name: String, milliseconds: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
]

extension Duration {
    /// Reads a whole number with its unit, such as `100ms`, `10s`, `1m`, `24h`, `7d`.
    /// - Returns: `nil` if the text is anything else, or longer than about 290 million years.
    init?(documentText text: String) {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = durationUnits.first { $0.name == text.dropFirst(digits.count) }
        guard let unit, let count = Int64(digits) else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// The duration as a document writes it, in the largest unit that is exact. Parts of a
    /// millisecond are left out: documents cannot write them.
    public var documentText: String {
        let milliseconds =
            components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
        let unit = durationUnits.first {
            milliseconds >= $0.milliseconds && milliseconds % $0.milliseconds == 0
        }
        guard let unit else { return "\(milliseconds)ms" }
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
