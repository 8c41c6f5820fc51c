import ArkaEngine
import ArkaModel

/// What came of all test files, as people read it.
struct RuleTestReport {
    let files: [RuleTestFileResult]
    let coverage: [RuleCoverage]

    /// Everything that is wrong with files and rules.
    var diagnostics: [Diagnostic] { files.flatMap(\.diagnostics) }

    /// How many tests did as they should.
    var passed: Int { files.reduce(0) { $0 + $1.tests.count { $0.differences.isEmpty } } }
    /// How many did not.
    var failed: Int { files.reduce(0) { $0 + $1.tests.count { !$0.differences.isEmpty } } }

    /// Whether a test failed or could not be run.
    var hasFailures: Bool {
        failed > 0 || diagnostics.contains { $0.severity == .error }
    }

    /// A line for each file, what failed in it, which rules no test saw, and the sum.
    var text: String {
        var lines = files.flatMap { self.lines($0) }
        lines += coverage.map(line)
        let errors = files.count { $0.hasErrors }
        let broken = errors > 0 ? ", \(counted(errors, "file")) with errors" : ""
        lines.append("tests: \(passed) passed, \(failed) failed\(broken)")
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ file: RuleTestFileResult) -> [String] {
        if file.hasErrors { return ["\(file.path): not run"] }
        let failed = file.tests.filter { !$0.differences.isEmpty }
        let sum = failed.isEmpty ? "" : ", \(failed.count) failed"
        return ["\(file.path): \(counted(file.tests.count, "test"))\(sum)"]
            + failed.flatMap { test in
                ["  FAILED \(test.name)"] + test.differences.flatMap { lines($0) }
            }
    }

    /// What was wanted and what came, below each other, so that the eye finds the difference.
    private func lines(_ difference: RuleTestDifference) -> [String] {
        ["    \(difference.place.words): \(difference.subject)"]
            + labelled("expected", difference.expected) + labelled("got", difference.got)
    }

    private func labelled(_ label: String, _ text: String) -> [String] {
        let pad = String(repeating: " ", count: 10 - label.count)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { index, line in
                "      "
                    + (index == 0 ? label + pad : String(repeating: " ", count: 10))
                    + shownLine(line)
            }
    }

    /// A line without what could drive a terminal.
    private func shownLine(_ line: Substring) -> String {
        String(
            String.UnicodeScalarView(
                line.unicodeScalars.map {
                    $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
                }))
    }

    private func line(_ coverage: RuleCoverage) -> String {
        let seen = coverage.ruleCount - coverage.neverTrue.count
        let never =
            coverage.neverTrue.isEmpty
            ? "" : "; never: " + coverage.neverTrue.joined(separator: ", ")
        return "coverage: \(coverage.book): \(seen) of \(counted(coverage.ruleCount, "rule"))"
            + " true in a test\(never)"
    }
}

extension RuleTestFileResult {
    /// Whether its tests could not be run.
    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

extension SourcePlace {
    /// As messages name it: `file:line:column`.
    var words: String {
        let position = source.position(at: range.start)
        return "\(source.name):\(position.line):\(position.column)"
    }
}
