import ArkaModel

extension Duration {
    /// The duration as people are told it who cannot do anything with less than a millisecond.
    var shownRoughly: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return (Duration.seconds(seconds) + .milliseconds(milliseconds)).shown
    }

    /// The duration as documents write it, such as `1m30s`; exact to the last digit.
    var shown: String {
        // An attosecond is the last place of an exact decimal, so no digit is lost.
        DurationText.text(seconds: ExactDecimal(scaled: attoseconds))
    }
}
