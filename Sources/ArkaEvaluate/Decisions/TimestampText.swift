/// Writes times as `2026-02-04T18:30:29.413Z`; remembers the day, which seldom changes.
struct TimestampText: BitwiseCopyable {
    /// Bytes of a time.
    static let count = 24
    private var day = Int64.min
    /// `2026-02-04T`
    private var date: (UInt64, UInt32) = (0, 0)

    /// Writes a time between ``DateTime/earliest`` and ``DateTime/latest``.
    @inline(__always) mutating func write(_ milliseconds: Int64, to writer: inout ByteWriter) {
        let (day, left) = Self.split(milliseconds, 86_400_000)
        if day != self.day { begin(day) }
        withUnsafeBytes(of: &date) { bytes in
            // SAFETY: the tuple has twelve bytes; the first eleven are the text.
            writer.write(
                bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), 11)
        }
        let seconds = left / 1000
        let minutes = seconds / 60
        let thousandths = left - seconds * 1000
        writer.writeTwoDigits(minutes / 60)
        writer.write(UInt8(ascii: ":"))
        writer.writeTwoDigits(minutes % 60)
        writer.write(UInt8(ascii: ":"))
        writer.writeTwoDigits(seconds - minutes * 60)
        writer.write(UInt8(ascii: "."))
        let hundreds = thousandths / 100
        writer.write(UInt8(truncatingIfNeeded: 48 + hundreds))
        writer.writeTwoDigits(thousandths - hundreds * 100)
        writer.write(UInt8(ascii: "Z"))
    }

    /// Quotient and remainder towards the past.
    @inline(__always) private static func split(
        _ value: Int64, _ unit: Int64
    ) -> (Int64, Int64) {
        let quotient = (value >= 0 ? value : value - unit + 1) / unit
        return (quotient, value - quotient * unit)
    }

    /// Days since 1970 to year, month and day, counting years from March.
    private mutating func begin(_ day: Int64) {
        self.day = day
        let shifted = day + 719_468
        let (era, dayOfEra) = Self.split(shifted, 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        withUnsafeMutableBytes(of: &date) { bytes in
            // SAFETY: eleven of the tuple's twelve bytes are written.
            let start = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            var writer = ByteWriter(at: start)
            writer.writeTwoDigits(year / 100)
            writer.writeTwoDigits(year % 100)
            writer.write(UInt8(ascii: "-"))
            writer.writeTwoDigits(month < 10 ? month + 3 : month - 9)
            writer.write(UInt8(ascii: "-"))
            writer.writeTwoDigits(dayOfMonth)
            writer.write(UInt8(ascii: "T"))
        }
    }
}
