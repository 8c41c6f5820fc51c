/// A line that shows how far a long work has got: a value, told the time.
///
/// Meant for a terminal only, on standard error: each text begins with a carriage return and
/// overwrites the one before it.
public struct ProgressLine: Sendable {
    /// Ten times a second looks smooth and costs nothing.
    private static let interval: Duration = .milliseconds(100)
    private let title: String
    private let unit: String
    private let width: Int
    private let begin: Duration
    private var next: Duration
    private var isShown = false

    /// Begins a line.
    /// - Parameters:
    ///   - title: What is being done.
    ///   - unit: What is counted, such as `lines`.
    ///   - columns: The width of the terminal.
    ///   - now: The monotonic time.
    public init(_ title: String, unit: String, columns: Int, now: Duration) {
        self.title = title
        self.unit = unit
        width = max(20, columns - 1)
        begin = now
        next = now + Self.interval
    }

    /// The text to show now; `nil` if it is too early for another one.
    /// - Parameter fraction: From 0 to 1; `nil` where the end is not known.
    public mutating func update(count: Int, fraction: Double?, now: Duration) -> String? {
        guard now >= next else { return nil }
        next = now + Self.interval
        isShown = true
        let seconds = (now - begin) / .seconds(1)
        let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
        var text = "\(title) "
        if let fraction { text += bar(fraction) }
        text += "\(grouped(count)) \(unit), \(grouped(rate))/s"
        let visible = String(text.prefix(width))
        return "\r" + visible + String(repeating: " ", count: width - visible.count)
    }

    /// What makes room for other text; empty if nothing was shown.
    public mutating func clear() -> String {
        guard isShown else { return "" }
        isShown = false
        return "\r" + String(repeating: " ", count: width) + "\r"
    }

    private func bar(_ fraction: Double) -> String {
        let cells = 24
        let full = Int((min(max(fraction, 0), 1) * Double(cells)).rounded(.down))
        let percent = String(Int(min(max(fraction, 0), 1) * 100))
        let pad = String(repeating: " ", count: 3 - percent.count)
        let filled = String(repeating: "#", count: full)
        return "[\(filled)\(String(repeating: "-", count: cells - full))] \(pad)\(percent) %  "
    }
}

/// A number with commas between groups of three digits.
public func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text += "," }
        text.append(digit)
    }
    return text
}
