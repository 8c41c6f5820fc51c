public import ArkaModel

/// What became of a file of rule tests.
public struct RuleTestFileResult: Sendable {
    /// The file's path.
    public let path: String
    /// One result for each test; none where the file or its rules have errors.
    public let tests: [RuleTestResult]
    /// What is wrong with the file, or with the rules that it tests.
    public let diagnostics: [Diagnostic]
}

/// What became of a rule test.
public struct RuleTestResult: Sendable {
    /// The test's name.
    public let name: String
    /// Where it stands.
    public let place: SourcePlace
    /// What is not as it must be; empty where the test passed.
    public let differences: [RuleTestDifference]
}

/// Something that is not as a test wants it.
public struct RuleTestDifference: Sendable, Hashable {
    /// What differs, such as `status`.
    public let subject: String
    /// Where the test says what it wants.
    public let place: SourcePlace
    /// What it wants.
    public let expected: String
    /// What came.
    public let got: String
}

/// Which rules of a book were true in a test.
public struct RuleCoverage: Sendable, Hashable {
    /// The topology, or the rule files.
    public let book: String
    /// How many rules it has.
    public let ruleCount: Int
    /// The rules that were true in no test, in the order of the book.
    public let neverTrue: [String]
}
