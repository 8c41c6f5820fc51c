import ArkaModel
import Testing

@testable import ArkaDocuments

@Suite struct InterpolationTests {
    private func title(_ text: String, _ environment: [String: String] = [:]) -> String? {
        let result = Sample.read("title: \(text)", environment: environment)
        #expect(rendered(result.diagnostics) == "")
        return result.document?.spec.title
    }

    @Test(arguments: [
        ("${A}", "1"), ("x${A}y${B}z", "x1y2z"), ("${A:-3}", "1"), ("${C:-3}", "3"),
        ("${EMPTY:-3}", "3"), ("a${EMPTY}b", "ab"), ("${C:-${D:-${A}}}", "1"),
        ("${C:-x${A}y}z", "x1yz"), ("$${A}", "${A}"), ("$A $ 5$", "$A $ 5$"), ("'${A}'", "1"),
        ("${C:-a b: c}", "a b: c"), ("${_x9}", "9"), ("${C:-}x", "x"),
    ])
    func `variables and their defaults fill values`(text: String, expected: String) {
        let environment = ["A": "1", "B": "2", "EMPTY": "", "_x9": "9"]
        let shown = title("'\(text.split(separator: "'").joined())'", environment)
        #expect(shown == expected)
    }

    @Test(arguments: [
        ("${", "'${' is not followed by the name of a variable"),
        ("${}", "'${' is not followed by the name of a variable"),
        ("${1A}", "'${' is not followed by the name of a variable"),
        ("${A", "'${' is not closed"), ("${A:-b", "'${' is not closed"),
        ("${A-b}", "the name of a variable goes on in another way"),
        ("${A b}", "the name of a variable goes on in another way"),
        (String(repeating: "${A:-", count: 9) + "}", "more than 8 defaults within each other"),
    ])
    func `what is no variable is refused`(text: String, message: String) {
        let result = Sample.read("title: '\(text)'")
        #expect(result.diagnostics.map(\.code) == [.documentInterpolation])
        #expect(result.diagnostics.map(\.message) == [message])
    }

    @Test func `every missing variable is named at its place, with a near name`() {
        let result = Sample.read(
            "title: a ${HOST} ${PROT}\ncount: ${COUNT}", environment: ["PORT": "1"])
        #expect(
            result.diagnostics.map(\.message) == [
                "the environment variable 'HOST' is not set",
                "the environment variable 'PROT' is not set",
                "the environment variable 'COUNT' is not set",
            ])
        #expect(
            result.diagnostics.map(\.position) == [
                SourcePosition(line: 5, column: 12), SourcePosition(line: 5, column: 20),
                SourcePosition(line: 6, column: 10),
            ])
        #expect(result.diagnostics.map(\.suggestion) == [nil, "PORT", nil])
    }

    @Test func `very many missing variables are cut off`() {
        let text = (0..<50_000).map { "${V\($0)}" }.joined()
        let environment = Dictionary(uniqueKeysWithValues: (0..<200).map { ("W\($0)", "") })
        let result = Sample.read("title: \(text)", environment: environment)
        #expect(result.diagnostics.count == 100)
    }

    @Test func `a variable never changes the structure`() throws {
        let nasty = ["x: 1\ny: 2", "[1, 2]", "{a: b}", "*x", "&x y", "null", "~", "", "- a", "# c"]
        for value in nasty {
            let result = Sample.read(
                "options:\n  key: ${V}\nnames:\n- ${V}\ntitle: t${V}", environment: ["V": value])
            let sample = try #require(result.document?.spec)
            #expect(sample.options.entries.map(\.key) == ["key"])
            #expect(sample.options.entries.map(\.value) == [value])
            // Names and titles have no line ends and are not empty.
            guard !value.contains("\n"), !value.isEmpty else { continue }
            #expect(result.diagnostics == [])
            #expect(sample.names == [value])
            #expect(sample.title == "t" + value)
        }
    }

    @Test func `keys are left alone`() {
        let result = Sample.read("options: {'${A}': x}", environment: ["A": "secret"])
        #expect(result.document?.spec.options.entries.map(\.key) == ["${A}"])
    }

    @Test func `what the environment adds is bounded`() {
        let large = String(repeating: "x", count: 1 << 20)
        let result = Sample.read(
            "options:\n" + (0..<6).map { "  k\($0): ${V}" }.joined(separator: "\n"),
            environment: ["V": large])
        let excess = result.diagnostics.filter { $0.code == .documentTooLarge }
        #expect(excess.map(\.position.line) == [10])
    }

    @Test func `values of the environment are never shown`() {
        let secret = "hunter2"
        let lines = """
            title: "${S}\\x01"
            open: ${S}
            count: ${S}
            wait: ${S}
            memory: x${S}
            color: ${S}
            password: ${S}
            names: ["${S}", bad, '${S}', '${S}']
            hosts: "${S},${S},${S},${S}"
            options: {token: "${S}\\x01", b: [a]}
            inner: ${S}
            """
        let result = Sample.read(lines, environment: ["S": secret])
        let shown = rendered(result.diagnostics)
        #expect(result.diagnostics.count == 11)
        #expect(!shown.contains(secret))
        #expect(shown.contains("'count' cannot be what ${S} stands for"))
        #expect(shown.contains("  count: ${S}"))
    }

    @Test func `a value in quotes counts as bare where it comes from a variable`() {
        let result = Sample.read(
            "count: \"${N}\"\nopen: '${T}'", environment: ["N": "7", "T": "true"])
        #expect(result.diagnostics == [])
        #expect(result.document?.spec.count == 7)
        #expect(result.document?.spec.isOpen == true)
    }
}
