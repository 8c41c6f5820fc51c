/// A moment as the calendar and the clock in UTC show it.
public struct CivilTime: Sendable, Hashable {
    /// The year, such as 2026.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 59; what is finer is left out.
    public let second: Int
    /// Days since 1970-01-01.
    public let dayNumber: Int

    /// Seconds from 0000-01-01 up to 10000-01-01, the years that four digits write.
    public static let range = ExactDecimal(-62_167_219_200)..<ExactDecimal(253_402_300_800)

    /// Reads a moment given as seconds since 1970; `nil` if its year has not four digits.
    public init?(secondsSince1970 seconds: ExactDecimal) {
        guard Self.range.contains(seconds) else { return nil }
        let unit = ExactDecimal.one.scaled
        let whole = Int(Self.quotient(seconds.scaled, unit))
        dayNumber = Int(Self.quotient(Int128(whole), 86_400))
        let left = whole - dayNumber * 86_400
        (year, month, day) = Self.date(ofDay: dayNumber)
        hour = left / 3600
        minute = left / 60 % 60
        second = left % 60
    }

    /// 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    public var weekday: Int { (dayNumber % 7 + 7 + 3) % 7 + 1 }

    /// 1 for the first of January.
    public var dayOfYear: Int { dayNumber - Self.dayNumber(year, 1, 1) + 1 }

    /// The week as ISO 8601 counts: week 1 is the one with the year's first Thursday.
    public var weekOfYear: Int {
        let thursday = dayNumber - (weekday - 1) + 3
        let thursdaysYear = Self.date(ofDay: thursday).year
        return (thursday - Self.dayNumber(thursdaysYear, 1, 1)) / 7 + 1
    }

    private static func quotient(_ value: Int128, _ unit: Int128) -> Int128 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: unit)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Days from 1970-01-01, in the calendar that begins its year in March so that the leap day
    /// comes last.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}
