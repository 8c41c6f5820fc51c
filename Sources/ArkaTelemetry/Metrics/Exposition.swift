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
    for reading in family.readHistograms?() ?? [] { appendHistogram(family, reading, to: &text) }
    for series in family.series {
        if family.kind == .histogram {
            let cells = (0...family.bounds.count + 1).map { offset in
                total(MetricSlot(block: series.slot.block, index: series.slot.index + offset))
            }
            let reading = HistogramReading(
                counts: cells.dropLast(), sum: .nanoseconds(cells[cells.count - 1]),
                labels: series.labels)
            appendHistogram(family, reading, to: &text)
        } else {
            let labels = labelText(family.labelNames, series.labels)
            text += "\(family.name)\(labels) \(total(series.slot))\n"
        }
    }
}

private func appendHistogram(
    _ family: MetricFamily, _ reading: HistogramReading, to text: inout String
) {
    assert(reading.counts.count == family.bounds.count + 1, "\(family.name): wrong classes")
    let bounds = family.bounds.map { number($0 / .seconds(1)) } + ["+Inf"]
    var count = 0
    for (bound, inClass) in zip(bounds, reading.counts) {
        count += inClass
        let labels = labelText(family.labelNames + ["le"], reading.labels + [bound])
        text += "\(family.name)_bucket\(labels) \(count)\n"
    }
    let labels = labelText(family.labelNames, reading.labels)
    text += "\(family.name)_sum\(labels) \(number(reading.sum / .seconds(1)))\n"
    text += "\(family.name)_count\(labels) \(count)\n"
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
