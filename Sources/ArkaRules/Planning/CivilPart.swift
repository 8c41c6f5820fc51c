public import ArkaModel

/// A part of a date and time, in UTC.
public enum CivilPart: String, Sendable, Hashable, CaseIterable {
    /// The year.
    case year
    /// 1 to 12.
    case month
    /// 1 to 31.
    case day
    /// 0 to 23.
    case hour
    /// 0 to 59.
    case minute
    /// 0 to 59.
    case second
    /// 1 for Monday to 7 for Sunday.
    case weekday
    /// 1 to 366.
    case dayOfYear = "day_of_year"
    /// The week as ISO 8601 counts.
    case week

    /// This part of a moment.
    public func value(of time: CivilTime) -> Int {
        switch self {
        case .year: time.year
        case .month: time.month
        case .day: time.day
        case .hour: time.hour
        case .minute: time.minute
        case .second: time.second
        case .weekday: time.weekday
        case .dayOfYear: time.dayOfYear
        case .week: time.weekOfYear
        }
    }
}
