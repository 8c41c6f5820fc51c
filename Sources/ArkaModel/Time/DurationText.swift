/// Durations as rules write them.
public enum DurationText {
    private static let units: [(name: String, seconds: Int128)] = [
        ("d", 86_400), ("h", 3600), ("m", 60),
    ]

    /// Writes a duration from the largest unit to the smallest, such as `1d2h30m` or `0.5s`.
    public static func text(seconds: ExactDecimal) -> String {
        var left = seconds.scaled.magnitude
        var text = seconds.scaled < 0 ? "-" : ""
        for (name, seconds) in units {
            let unit = (seconds * ExactDecimal.one.scaled).magnitude
            let (count, rest) = left.quotientAndRemainder(dividingBy: unit)
            if count > 0 { text += "\(count)\(name)" }
            left = rest
        }
        let rest = ExactDecimal(scaled: Int128(left))
        if rest != .zero || text.isEmpty || text == "-" { text += "\(rest)s" }
        return text
    }
}
