import ArkaTelemetry

/// The table that `pact demo` shows while it works: what was decided, and which rules did it.
///
/// A pure rendering of readings; who prints it decides when, and how to go back to its top.
struct DecisionTable {
    /// Rules shown, those that fired most.
    static let rulesShown = 8

    var readings: EngineReadings
    /// How often each rule fired, in the order of the rule book.
    var ruleFires: [(name: String, count: Int)]
    /// How many records there are in all.
    var total: Int
    var elapsed: Duration

    /// The table, one line each, without line ends.
    var lines: [String] {
        let decided = readings.settled
        var lines = [
            "  transactions  \(Self.bar(decided, of: total))  \(decided) of \(total)"
                + "  \(rate(of: decided))",
            "",
            "  decision                count   share",
        ]
        for decision in readings.decisions {
            lines.append(Self.row(decision.status, decision.count, of: decided))
        }
        for letter in readings.deadLetters where letter.count > 0 {
            lines.append(Self.row("dead: " + letter.code, letter.count, of: decided))
        }
        let fired = ruleFires.filter { $0.count > 0 }.sorted { $0.count > $1.count }
        guard !fired.isEmpty else { return lines }
        lines += [
            "", "  rules that fired        count   share  (\(fired.count) of \(ruleFires.count))",
        ]
        for rule in fired.prefix(Self.rulesShown) {
            lines.append(Self.row(rule.name, rule.count, of: decided))
        }
        return lines
    }

    private func rate(of decided: Int) -> String {
        let seconds = elapsed / .seconds(1)
        return seconds > 0.05 ? "\(Int(Double(decided) / seconds)) per second" : ""
    }

    private static func bar(_ part: Int, of whole: Int) -> String {
        let width = 24
        let filled = whole > 0 ? min(width, part * width / whole) : 0
        return "[" + String(repeating: "#", count: filled)
            + String(repeating: ".", count: width - filled) + "]"
    }

    private static func row(_ name: String, _ count: Int, of whole: Int) -> String {
        let thousandths = whole > 0 ? count * 1000 / whole : 0
        let share = "\(thousandths / 10).\(thousandths % 10) %"
        return "  " + padded(name, to: 20) + leftPadded("\(count)", to: 9)
            + leftPadded(share, to: 8)
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func leftPadded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
