/// A number with a fixed number of decimals, rounded half away from zero: `1.50`, `-0.3`, `12`.
///
/// - Parameter places: 0 to 6.
/// - Returns: `–` for what is no number or too large to be a measurement.
func fixedText(_ value: Double, _ places: Int) -> String {
    precondition((0...6).contains(places), "more decimals than any figure here has")
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * Double(scale)).rounded()
    guard let whole = Int(exactly: scaled) else { return "–" }
    guard places > 0 else { return "\(whole)" }
    let digits = String(whole.magnitude % scale.magnitude)
    let pad = String(repeating: "0", count: places - digits.count)
    return "\(whole < 0 ? "-" : "")\(whole.magnitude / scale.magnitude).\(pad)\(digits)"
}

/// The same; `–` where there is no value.
func fixedText(_ value: Double?, _ places: Int) -> String {
    value.map { fixedText($0, places) } ?? "–"
}
