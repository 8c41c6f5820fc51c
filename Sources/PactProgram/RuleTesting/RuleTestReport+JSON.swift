import ArkaEngine
import ArkaJSON
import ArkaModel

extension RuleTestReport {
    /// `arka.rule_tests/1`: what came of each test, which rules no test saw, and what is wrong.
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string("arka.rule_tests/1")
        json.name("passed")
        json.integer(passed)
        json.name("failed")
        json.integer(failed)
        json.name("files")
        json.beginArray()
        for file in files { append(file, to: &json) }
        json.endArray()
        json.name("coverage")
        json.beginArray()
        for coverage in coverage { append(coverage, to: &json) }
        json.endArray()
        json.appendMembers(of: diagnostics)
        json.endObject()
        return json.bytes
    }

    private func append(_ file: RuleTestFileResult, to json: inout JSONWriter) {
        json.beginObject()
        json.name("file")
        json.string(file.path)
        json.name("tests")
        json.beginArray()
        for test in file.tests { append(test, to: &json) }
        json.endArray()
        json.endObject()
    }

    private func append(_ test: RuleTestResult, to json: inout JSONWriter) {
        json.beginObject()
        json.name("name")
        json.string(test.name)
        json.name("line")
        json.integer(test.place.source.position(at: test.place.range.start).line)
        json.name("passed")
        json.boolean(test.differences.isEmpty)
        if !test.differences.isEmpty {
            json.name("differences")
            json.beginArray()
            for difference in test.differences { append(difference, to: &json) }
            json.endArray()
        }
        json.endObject()
    }

    private func append(_ difference: RuleTestDifference, to json: inout JSONWriter) {
        let position = difference.place.source.position(at: difference.place.range.start)
        json.beginObject()
        json.name("subject")
        json.string(difference.subject)
        json.name("line")
        json.integer(position.line)
        json.name("column")
        json.integer(position.column)
        json.name("expected")
        json.string(difference.expected)
        json.name("got")
        json.string(difference.got)
        json.endObject()
    }

    private func append(_ coverage: RuleCoverage, to json: inout JSONWriter) {
        json.beginObject()
        json.name("rules")
        json.string(coverage.book)
        json.name("count")
        json.integer(coverage.ruleCount)
        json.name("never_true")
        json.beginArray()
        for rule in coverage.neverTrue { json.string(rule) }
        json.endArray()
        json.endObject()
    }
}
