import ArkaCommandLine

/// What calls cost, as text for a terminal.
struct CallTable {
    let costs: CallCosts

    /// The lines, without line ends.
    var lines: [String] {
        [head] + costs.rows.map(line) + (costs.http.map(lines) ?? [])
    }

    private var head: String {
        "calls: \(grouped(costs.transactions)) transactions of \(costs.recordBytes) bytes, a call for"
            + " each, median of \(costs.runs); \(fixedText(costs.withoutCalls, 0)) ns of CPU each"
            + " without calls"
    }

    private func line(_ row: CallCosts.Row) -> String {
        var text = "  \(fixedText(row.nanoseconds, 0)) ns of CPU: \(row.name)"
        if let most = row.nanosecondsMax, let isHeld = row.isHeld {
            text += "; ≤ \(fixedText(most, 0)) ns: \(isHeld ? "held" : "NOT held")"
        }
        return text
    }

    private func lines(_ http: HTTPCosts) -> [String] {
        ["HTTP calls of \(http.url), \(http.concurrency) at a time:", line(http.engine)]
            + [http.wrk.map(line) ?? "  wrk is not installed"]
    }

    private func line(_ side: HTTPCosts.Side) -> String {
        "  \(grouped(Int(side.requestsPerSecond))) calls per CPU second: \(side.name)"
            + " (\(grouped(side.requests)) calls)"
    }
}
