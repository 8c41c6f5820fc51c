/// All that is wrong with the settings of one thing.
public struct SettingProblems: Error, Hashable {
    /// At least one.
    public let problems: [SettingProblem]

    init(_ problems: [SettingProblem]) {
        precondition(!problems.isEmpty, "thrown only where something is wrong")
        self.problems = problems
    }
}
