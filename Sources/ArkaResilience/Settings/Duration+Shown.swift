import ArkaModel

extension Duration {
    /// The duration as documents write it, such as `1m30s`; exact to the last digit.
    var shown: String {
        // An attosecond is the last place of an exact decimal, so no digit is lost.
        DurationText.text(seconds: ExactDecimal(scaled: attoseconds))
    }
}
