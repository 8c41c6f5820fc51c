/// Reads a date and time as RFC 3339 writes it, such as `2024-05-01T00:00:00Z` or
/// `2024-05-01T02:00:00.5+02:00`.
/// - Returns: Milliseconds since 1970 UTC, finer parts cut off; `nil` if the text is anything else, or
///   names a day that does not exist.
func timestampMilliseconds(_ text: String) -> Int64? {
    var reader = TimestampReader(rest: Array(text.utf8)[...])
    return reader.timestamp()
}

private struct TimestampReader {
    var rest: ArraySlice<UInt8>

    mutating func timestamp() -> Int64? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"),
            let day = digits(2), let days = daysSinceEpoch(year: year, month: month, day: day),
            take("T") || take("t"), let time = timeOfDay(), let offset = offset(), rest.isEmpty
        else { return nil }
        return days * 86_400_000 + time - offset
    }

    /// The time of day in milliseconds. A leap second counts as the first second after it.
    private mutating func timeOfDay() -> Int64? {
        guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60,
            take(":"), let second = digits(2), second <= 60, let fraction = fraction()
        else { return nil }
        return ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
    }

    /// Milliseconds of a second; 0 where no fraction is written.
    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        let run = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !run.isEmpty else { return nil }
        rest = rest.dropFirst(run.count)
        let padded = (run.map { Int64($0 - UInt8(ascii: "0")) } + [0, 0]).prefix(3)
        return padded.reduce(0) { $0 * 10 + $1 }
    }

    /// The distance from UTC in milliseconds.
    private mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hour = digits(2), hour < 24, take(":"),
            let minute = digits(2), minute < 60
        else { return nil }
        let milliseconds = (hour * 60 + minute) * 60_000
        return isWest ? -milliseconds : milliseconds
    }

    private mutating func digits(_ count: Int) -> Int64? {
        let run = rest.prefix(count)
        guard run.count == count,
            run.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        rest = rest.dropFirst(count)
        return run.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; `nil` if there is no such day.
private func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[Int(month) - 1]).contains(day) else { return nil }
    let past = year - 1
    let before = year == 0 ? -366 : past * 365 + past / 4 - past / 100 + past / 400
    let daysTo1970: Int64 = 719_162
    return before + lengths[..<(Int(month) - 1)].reduce(0, +) + day - 1 - daysTo1970
}
