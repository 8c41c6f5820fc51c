import ArkaModel
import Testing

@testable import ArkaDocuments

@Suite struct FieldTests {
    @Test func `a document without keys holds the defaults`() throws {
        let result = Sample.kind.readDefaults()
        #expect(result.diagnostics == [])
        #expect(result.document?.spec == Sample())
    }

    @Test func `every type is read`() throws {
        let result = Sample.read(
            """
            title: 'a: b'
            open: true
            count: 256
            limit: 0
            wait: 1m
            memory: 48Mi
            color: light_green
            names: [a, "b"]
            hosts: h1:1, h2:2
            options: {x.y: 1, token: t}
            password: p
            inner: {key: k}
            """)
        #expect(rendered(result.diagnostics) == "")
        var expected = Sample(
            title: "a: b", isOpen: true, count: 256, limit: 0, wait: .seconds(60),
            memory: 48 << 20, color: .lightGreen, names: ["a", "b"], hosts: ["h1:1", "h2:2"],
            password: "p")
        expected.options = FreeMap([.init("x.y", "1"), .init("token", "t", isSecret: true)])
        expected.inner.key = "k"
        #expect(result.document?.spec == expected)
    }

    @Test(arguments: [
        "title: ''", "title: \"a\\0\"", "title: \"a\\x1b[31m\"", "title: [a]", "title: {a: b}",
        "title:", "title: ~", "open: yes", "open: True", "open: 'true'", "open: 1", "count: 0",
        "count: 257", "count: 010", "count: 1_0", "count: 0x10", "count: +1", "count: 1.0",
        "count: 1e1", "count: '3'", "count: 99999999999999999999", "count: ٣", "wait: 100",
        "wait: 0ms", "wait: 61s", "wait: 1.5s", "wait: 10 s", "wait: -1s", "wait: 1S", "wait: s",
        "wait: 99999999999999999999ms", "wait: 9223372036854775807d", "memory: 48MB",
        "memory: 1023", "memory: 2Gi", "memory: 9999999999999Gi", "memory: Mi", "color: blue",
        "color: RED", "names: []", "names: [a, b, c, d]", "names: a", "names: [a, [b]]",
        "names: [bad]", "names: {a: b}", "hosts: [1, 2, 3, 4]", "options: a", "options: [a]",
        "options: {a: [b]}", "inner: a", "inner: {note: x}", "inner: {key: ''}",
    ])
    func `what a field does not take is one error on its line`(line: String) throws {
        let result = Sample.read("# first\n" + line)
        #expect(result.diagnostics.count == 1)
        let diagnostic = try #require(result.diagnostics.first)
        #expect(diagnostic.position.line == 6)
        #expect(diagnostic.expectation != nil)
        #expect(!rendered([diagnostic]).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func `every error is reported at once, from top to bottom`() {
        let result = Sample.read(
            "colour: red\ncolor: gren\ncount: x\ninner: {note: '${X}'}\nopen: yes")
        #expect(
            result.diagnostics.map(\.message)
                == [
                    "unknown key 'colour'", "'color' cannot be 'gren'", "'count' cannot be 'x'",
                    "'inner' has no 'key'", "the environment variable 'X' is not set",
                    "'open' cannot be 'yes'",
                ].map { $0.replacing("'inner' has", with: "'spec.inner' has") })
        #expect(result.diagnostics.map(\.suggestion) == ["color", "green", nil, nil, nil, nil])
    }

    @Test func `a document of another kind is refused in one message`() {
        let text = "apiVersion: arka.io/v1\nkind: Sampel\nmetadata: {name: a}\nspec: {x: 1}"
        let result = Sample.kind.read(SourceText(name: "a", text: text))
        #expect(result.diagnostics.map(\.code) == [.documentKind])
        #expect(result.diagnostics.first?.suggestion == "Sample")
    }

    @Test(arguments: [
        ("kind: Sample\nmetadata: {name: a}\nspec: {}", "the document has no 'apiVersion'"),
        (
            "apiVersion: v2\nkind: Sample\nmetadata: {name: a}\nspec: {}",
            "'apiVersion' cannot be 'v2'"
        ),
        ("apiVersion: arka.io/v1\nkind: Sample\nspec: {}", "the document has no 'metadata'"),
        (
            "apiVersion: arka.io/v1\nkind: Sample\nmetadata: {name: A b}\nspec: {}",
            "'name' cannot be 'A b'"
        ),
        ("apiVersion: arka.io/v1\nmetadata: {name: a}\nspec: {}", "the document has no 'kind'"),
        ("apiVersion: arka.io/v1\nkind: Sample\nmetadata: {name: a}", "the document has no 'spec'"),
        ("[a]", "'document' is a list"), ("a", "'document' is a single value"),
    ])
    func `the head of a document is checked`(text: String, message: String) {
        let result = Sample.kind.read(SourceText(name: "a", text: text))
        #expect(result.diagnostics.map(\.message) == [message])
    }

    @Test func `places of values are known by their path`() throws {
        let result = Sample.read("names: [a, b]\noptions: {x.y: 1}\ninner:\n  key: k")
        let document = try #require(result.document)
        #expect(
            document.place(of: "names[1]").range.start > document.place(of: "names[0]").range.start)
        #expect(document.places["options.x.y"] != nil)
        #expect(document.places["inner.key"] != nil)
        #expect(document.places["count"] == nil)
        #expect(document.place(of: "count") == document.start)
    }

    @Test func `a document with very many faults is cut off`() {
        let lines = (0..<50_000).map { "key\($0): 1" }.joined(separator: "\n")
        #expect(Sample.read(lines).diagnostics.count == 100)
    }

    @Test func `declarations carry defaults, shapes and words for documentation`() throws {
        let fields = Sample.kind.spec.declarations
        let defaults = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.defaultText) })
        #expect(defaults["wait"] == "250ms")
        #expect(defaults["memory"] == "64Mi")
        #expect(defaults["limit"] == "(no limit)")
        #expect(defaults["color"] == "red")
        #expect(defaults["password"] == .some(nil))
        let color = try #require(fields.first { $0.name == "color" })
        #expect(color.shape == .choice(["red", "green", "light_green"]))
        guard case .section(let inner) = fields.last?.shape else {
            Issue.record("inner is no section")
            return
        }
        #expect(inner.map(\.isRequired) == [true, false])
    }

    @Test(arguments: [
        (Duration.milliseconds(0), "0ms"), (.milliseconds(1_500), "1500ms"), (.seconds(60), "1m"),
        (.seconds(86_400), "1d"), (.seconds(90), "90s"),
    ])
    func `durations are written in the largest exact unit`(duration: Duration, text: String) {
        #expect(duration.documentText == text)
        #expect(Duration(documentText: text) == duration)
    }

    @Test(arguments: [
        (0, "0"), (1_023, "1023"), (1_024, "1Ki"), (3 << 20, "3Mi"), (5 << 30, "5Gi"),
    ])
    func `sizes are written in the largest exact unit`(bytes: Int, text: String) {
        #expect(documentText(byteCount: bytes) == text)
        #expect(byteCount(documentText: text) == bytes)
    }
}
