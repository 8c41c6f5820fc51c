/// Appends a family as Prometheus' text format 0.0.4; `total` gives the sum of a slot over all threads.
func appendFamily(
    _ family: MetricFamily, to text: inout String, total: (MetricSlot) -> Int
) {
    text += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
    text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    for reading in family.read?() ?? [] {
        assert(reading.labels.count == family.labelNames.count, "\(family.name): wrong labels")
        let labels = labelText(family.labelNames, reading.labels)
        text += "\(family.name)\(labels) \(number(reading.value))\n"
    }
    for series in family.series {
        if family.kind == .histogram {
            appendHistogram(family, series.slot, to: &text, total: total)
        } else {
            let labels = labelText(family.labelNames, series.labels)
            text += "\(family.name)\(labels) \(total(series.slot))\n"
        }
    }
}

private func appendHistogram(
    _ family: MetricFamily, _ slot: MetricSlot, to text: inout String, total: (MetricSlot) -> Int
) {
    func cell(_ offset: Int) -> Int {
        total(MetricSlot(block: slot.block, index: slot.index + offset))
    }
    var count = 0
    for (index, bound) in family.bounds.enumerated() {
        count += cell(index)
        text += "\(family.name)_bucket{le=\"\(number(bound / .seconds(1)))\"} \(count)\n"
    }
    count += cell(family.bounds.count)
    let sum = Double(cell(family.bounds.count + 1)) / 1e9
    text += "\(family.name)_bucket{le=\"+Inf\"} \(count)\n"
    text += "\(family.name)_sum \(number(sum))\n"
    text += "\(family.name)_count \(count)\n"
}

private func labelText(_ names: [String], _ values: [String]) -> String {
    guard !names.isEmpty else { return "" }
    let pairs = zip(names, values).map { "\($0)=\"\(escaped($1, quotes: true))\"" }
    return "{" + pairs.joined(separator: ",") + "}"
}

/// A whole number without a fraction, as people expect it of counts.
private func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int(exactly: value).map(\.description) ?? value.description
}

private func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += #"\\"#
        case "\n": result += #"\n"#
        case "\"" where quotes: result += #"\""#
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
