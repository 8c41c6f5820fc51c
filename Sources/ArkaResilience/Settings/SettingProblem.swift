/// One setting that cannot be as it is.
///
/// Policies list all of theirs at once; whoever read them from a document reports each with its
/// place there.
public struct SettingProblem: Sendable, Hashable {
    /// The key, such as `breaker.window`, relative to the function's own section.
    public let setting: String
    /// What it must be, such as `between 1s and 10m`.
    public let expectation: String
    /// A near name where a name is wrong and one is near.
    public let suggestion: String?

    /// Names a setting and what it must be.
    public init(_ setting: String, expected expectation: String, suggestion: String? = nil) {
        self.setting = setting
        self.expectation = expectation
        self.suggestion = suggestion
    }
}

/// Collects what is wrong with a policy's numbers.
struct SettingCheck {
    private(set) var problems: [SettingProblem] = []

    mutating func require(_ holds: Bool, _ setting: String, expected: String) {
        if !holds { problems.append(SettingProblem(setting, expected: expected)) }
    }

    mutating func require(_ value: Int, in range: ClosedRange<Int>, _ setting: String) {
        let expected = "between \(range.lowerBound) and \(range.upperBound)"
        require(range.contains(value), setting, expected: expected)
    }

    mutating func require(_ value: Duration, in range: ClosedRange<Duration>, _ setting: String) {
        let expected = "between \(range.lowerBound.shown) and \(range.upperBound.shown)"
        require(range.contains(value), setting, expected: expected)
    }
}
