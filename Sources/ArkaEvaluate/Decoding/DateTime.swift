/// Dates and times as RFC 3339 writes them.
enum DateTime {
    /// 0000-01-01T00:00:00Z, the earliest that four digits of a year can write.
    static let earliest: Int64 = -62_167_219_200_000
    /// 9999-12-31T23:59:59.999Z, the latest.
    static let latest: Int64 = 253_402_300_799_999

    /// Milliseconds since 1970 of a text such as `2026-02-04T18:30:29.4131+01:00`; what is finer is
    /// cut off, a leap second counts as the second after it.
    /// - Returns: `nil` if the text is not a date and time, or names a day or second that is not.
    static func milliseconds(_ text: UnsafePointer<UInt8>, count: Int) -> Int64? {
        // SAFETY: every index below is smaller than `count`, which is at least 20 here; `parse`
        // checks further ones.
        guard count >= 20 else { return nil }
        if count == 24, let time = usual(text) { return time }
        var isValid = true
        func number(_ at: Int) -> Int64 {
            let tens = text[at] &- UInt8(ascii: "0")
            let ones = text[at + 1] &- UInt8(ascii: "0")
            isValid = isValid && tens < 10 && ones < 10
            return Int64(tens) * 10 + Int64(ones)
        }
        let year = number(0) * 100 + number(2)
        let month = number(5)
        let day = number(8)
        let hour = number(11)
        let minute = number(14)
        let second = number(17)
        isValid =
            isValid && text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-")
            && text[10] | 0x20 == UInt8(ascii: "t") && text[13] == UInt8(ascii: ":")
            && text[16] == UInt8(ascii: ":")
        guard isValid, (1...12).contains(month), day >= 1, day <= days(inMonth: month, of: year),
            hour <= 23, minute <= 59, second <= 60
        else { return nil }
        var at = 19
        guard let fraction = milliseconds(text, count, &at),
            let offset = offsetMinutes(text, count, at)
        else { return nil }
        let minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset
        // A leap second is always the last of a day in UTC.
        if second == 60, (minutes + 1) % 1440 != 0 { return nil }
        return (minutes * 60 + second) * 1000 + fraction
    }

    /// Microseconds since 1970 of a date and time with up to six decimals of a second.
    /// - Returns: `nil` if the text is none, or has more.
    static func microseconds(_ text: UnsafePointer<UInt8>, count: Int) -> Int64? {
        guard let milliseconds = milliseconds(text, count: count) else { return nil }
        guard text[19] == UInt8(ascii: ".") else { return milliseconds &* 1000 }
        // SAFETY: a date and time has an offset behind its decimals, within `count` bytes.
        var finer: Int64 = 0
        var at = 20
        var unit: Int64 = 100_000
        while text[at] &- UInt8(ascii: "0") < 10 {
            guard unit > 0 else { return nil }
            if at >= 23 { finer &+= Int64(text[at] &- UInt8(ascii: "0")) &* unit }
            unit /= 10
            at += 1
        }
        return milliseconds &* 1000 &+ finer
    }

    /// Reads the form that nearly all producers write, `2026-02-04T18:30:29.413Z`, a word at a time.
    /// - Returns: `nil` for any other form, and for what needs a closer look.
    private static func usual(_ text: UnsafePointer<UInt8>) -> Int64? {
        // Digits become their values, the characters between them zero.
        let date = loadWord(text) ^ 0x2D30_302D_3030_3030  // 0000-00-
        let clock = loadWord(text + 8) ^ 0x3030_3A30_3054_3030  // 00T00:00
        let rest = loadWord(text + 16) ^ 0x5A30_3030_2E30_303A  // :00.000Z
        let between =
            date & 0xFF00_00FF_0000_0000 | clock & 0x0000_FF00_00FF_0000
            | rest & 0xFF00_0000_FF00_00FF
        // A byte above nine has its high bit set, or gets it by adding 118.
        let nine: UInt64 = 0x7676_7676_7676_7676
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let beyond =
            ((date & low) &+ nine) | date | ((clock & low) &+ nine) | clock
            | ((rest & low) &+ nine) | rest
        guard between == 0, beyond & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Each byte becomes ten times itself plus the next one.
        let days = date &* 10 &+ date &>> 8
        let times = clock &* 10 &+ clock &>> 8
        let seconds = rest &* 10 &+ rest &>> 8
        func pair(_ word: UInt64, _ byte: UInt64) -> Int64 {
            Int64(truncatingIfNeeded: word &>> (byte &* 8) & 0xFF)
        }
        let month = pair(days, 5)
        let day = pair(times, 0)
        let hour = pair(times, 3)
        let minute = pair(times, 6)
        let second = pair(seconds, 1)
        guard month &- 1 < 12, month > 0, day &- 1 < 28, day > 0, hour < 24, minute < 60,
            second < 60
        else { return nil }
        let year = pair(days, 0) &* 100 &+ pair(days, 2)
        let thousandths = pair(seconds, 4) &* 10 &+ Int64(rest &>> 48 & 0xFF)
        let minutes = (daysSince1970(year, month, day) &* 24 &+ hour) &* 60 &+ minute
        return (minutes &* 60 &+ second) &* 1000 &+ thousandths
    }

    /// Reads `.digits`, if it stands here.
    private static func milliseconds(
        _ text: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int
    ) -> Int64? {
        guard text[at] == UInt8(ascii: ".") else { return 0 }
        at += 1
        var value: Int64 = 0
        var unit: Int64 = 100
        let start = at
        while at < count, text[at] &- UInt8(ascii: "0") < 10 {
            value += Int64(text[at] - UInt8(ascii: "0")) * unit
            unit /= 10
            at += 1
        }
        return at > start ? value : nil
    }

    /// Reads `Z` or `±hh:mm`, which must be the rest of the text.
    private static func offsetMinutes(
        _ text: UnsafePointer<UInt8>, _ count: Int, _ at: Int
    ) -> Int64? {
        if count == at + 1, text[at] | 0x20 == UInt8(ascii: "z") { return 0 }
        guard count == at + 6, text[at + 3] == UInt8(ascii: ":") else { return nil }
        var digits: [Int64] = [0, 0, 0, 0]
        for (index, place) in [1, 2, 4, 5].enumerated() {
            let digit = text[at + place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            digits[index] = Int64(digit)
        }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits[2] * 10 + digits[3]
        guard hours <= 23, minutes <= 59 else { return nil }
        switch text[at] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days from 1970-01-01, in the calendar that begins its year in March so that the leap day
    /// comes last.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year &- 1 : year
        let era = (shifted >= 0 ? shifted : shifted &- 399) / 400
        let yearOfEra = shifted &- era &* 400
        let sinceMarch = month &+ (month > 2 ? -3 : 9)
        let dayOfYear = (153 &* sinceMarch &+ 2) / 5 &+ day &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return era &* 146_097 &+ dayOfEra &- 719_468
    }
}
