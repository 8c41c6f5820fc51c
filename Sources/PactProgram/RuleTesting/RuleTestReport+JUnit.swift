import ArkaEngine
import ArkaModel

extension RuleTestReport {
    /// JUnit XML: a suite for each file, a case for each test. A file that could not be run is a suite
    /// with one case that has an error.
    var junit: String {
        let errors = files.count { $0.hasErrors }
        let counts = "tests=\"\(passed + failed + errors)\" failures=\"\(failed)\""
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<testsuites name=\"pact rules test\" \(counts) errors=\"\(errors)\">\n"
            + files.map(suite).joined() + "</testsuites>\n"
    }

    private func suite(_ file: RuleTestFileResult) -> String {
        let failures = file.tests.count { !$0.differences.isEmpty }
        let errors = file.hasErrors ? 1 : 0
        let counts =
            "tests=\"\(file.tests.count + errors)\" failures=\"\(failures)\" errors=\"\(errors)\""
        return "  <testsuite name=\"\(xml(file.path))\" \(counts)>\n"
            + (file.hasErrors ? error(file) : "")
            + file.tests.map { test in testCase(test, file.path) }.joined() + "  </testsuite>\n"
    }

    private func error(_ file: RuleTestFileResult) -> String {
        let text = file.diagnostics.map { $0.rendered() }.joined()
        return "    <testcase name=\"the file can be run\" classname=\"\(xml(file.path))\">\n"
            + "      <error message=\"it has errors\">\(xml(text))</error>\n    </testcase>\n"
    }

    private func testCase(_ test: RuleTestResult, _ path: String) -> String {
        let head = "    <testcase name=\"\(xml(test.name))\" classname=\"\(xml(path))\""
        if test.differences.isEmpty { return head + "/>\n" }
        let subjects = test.differences.map(\.subject).joined(separator: ", ")
        let text = test.differences.map { difference in
            "\(difference.place.words): \(difference.subject)\n"
                + "expected: \(difference.expected)\ngot: \(difference.got)\n"
        }
        return head + ">\n      <failure message=\"\(xml(subjects))\">\(xml(text.joined()))"
            + "</failure>\n    </testcase>\n"
    }

    /// A text as XML takes it, in attributes too. Characters that XML has no way to say are replaced.
    private func xml(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\r": result += "&#\(scalar.value);"
            default:
                let isText = scalar.value >= 0x20 && scalar.value & 0xFFFE != 0xFFFE
                result.unicodeScalars.append(isText ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}
