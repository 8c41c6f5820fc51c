/// Moments as text: RFC 3339 on the outside, exact seconds since 1970 inside.
public enum Timestamp {
    /// Reads a date and time such as `2026-02-04T18:30:29.413+01:00`, or a date alone, which is its
    /// midnight in UTC.
    ///
    /// A leap second, always the last of a day in UTC, counts as the second after it. Decimals of a
    /// second are kept, up to 18.
    /// - Returns: Seconds since 1970; `nil` if the text is no such moment.
    public static func seconds(_ text: some Collection<UInt8>) -> ExactDecimal? {
        var reader = Reader(rest: Array(text)[...])
        return reader.read()
    }

    /// Writes a moment as RFC 3339 in UTC, with as many decimals as it has; `nil` if its year has
    /// not four digits.
    public static func text(secondsSince1970 seconds: ExactDecimal) -> String? {
        guard let time = CivilTime(secondsSince1970: seconds) else { return nil }
        let unit = ExactDecimal.one.scaled
        let remainder = seconds.scaled % unit
        let fraction = ExactDecimal(scaled: remainder < 0 ? remainder + unit : remainder)
        let decimals = fraction == .zero ? "" : String(fraction.description.dropFirst())
        return "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))T"
            + "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
            + decimals + "Z"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Takes a moment apart from left to right.
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func read() -> ExactDecimal? {
            guard let day = readDate() else { return nil }
            if rest.isEmpty { return ExactDecimal(Int64(day) * 86_400) }
            guard let mark = rest.popFirst(), mark | 0x20 == UInt8(ascii: "t"),
                let clock = readClock(), let fraction = readFraction(),
                let offset = readOffset(), rest.isEmpty
            else { return nil }
            let minutes = day * 1440 + clock.minutes - offset
            if clock.second == 60, (minutes + 1) % 1440 != 0 { return nil }
            return ExactDecimal(Int64(minutes * 60 + clock.second)).adding(fraction)
        }

        private mutating func readDate() -> Int? {
            guard let year = readNumber(4), take("-"), let month = readNumber(2), take("-"),
                let day = readNumber(2), (1...12).contains(month), day >= 1,
                day <= Self.days(inMonth: month, of: year)
            else { return nil }
            return CivilTime.dayNumber(year, month, day)
        }

        private mutating func readClock() -> (minutes: Int, second: Int)? {
            guard let hour = readNumber(2), take(":"), let minute = readNumber(2), take(":"),
                let second = readNumber(2), hour <= 23, minute <= 59, second <= 60
            else { return nil }
            return (hour * 60 + minute, second)
        }

        private mutating func readFraction() -> ExactDecimal? {
            guard take(".") else { return .zero }
            let digits = rest.prefix(while: \.isDecimalDigit)
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count)
            return try? ExactDecimal(json: Array("0.".utf8) + digits)
        }

        /// Reads `Z` or `±hh:mm` as minutes east.
        private mutating func readOffset() -> Int? {
            guard let sign = rest.popFirst() else { return nil }
            if sign | 0x20 == UInt8(ascii: "z") { return 0 }
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
                let hours = readNumber(2), take(":"), let minutes = readNumber(2), hours <= 23,
                minutes <= 59
            else { return nil }
            return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
        }

        private mutating func readNumber(_ width: Int) -> Int? {
            let digits = rest.prefix(width)
            guard digits.count == width, digits.allSatisfy(\.isDecimalDigit) else { return nil }
            rest = rest.dropFirst(width)
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        private static func days(inMonth month: Int, of year: Int) -> Int {
            switch month {
            case 4, 6, 9, 11: 30
            case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
            default: 31
            }
        }
    }
}

extension UInt8 {
    fileprivate var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
