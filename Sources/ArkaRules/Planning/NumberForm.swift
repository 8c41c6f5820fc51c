public import ArkaModel

/// What a number stands for.
public enum NumberForm: Sendable, Hashable {
    /// Itself: the shortest decimal text.
    case plain
    /// Seconds since 1970: a text as RFC 3339 has it.
    case moment
    /// Seconds: a text such as `1d2h30m`.
    case duration
}

extension NumberForm {
    /// A number as people read it; `nil` for a moment outside of the years that four digits write.
    public func text(of number: ExactDecimal) -> String? {
        switch self {
        case .plain: number.description
        case .moment: Timestamp.text(secondsSince1970: number)
        case .duration: DurationText.text(seconds: number)
        }
    }
}
