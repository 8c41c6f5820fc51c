import ArkaModel
import Testing

@testable import ArkaDocuments

@Suite struct OverrideTests {
    @Test func `options are applied before anything is checked`() throws {
        let result = Sample.read(
            "count: bad\ntitle: ${MISSING}\ninner: {note: n}",
            overrides: [
                "count=4", "title=x=y", "inner.key=k", "names=a, b", "hosts=c:1,d:2",
                "options.x.y=1", "open=true", "count=5",
            ])
        #expect(rendered(result.diagnostics) == "")
        let sample = try #require(result.document?.spec)
        #expect(sample.count == 5)
        #expect(sample.title == "x=y")
        #expect(sample.inner == Sample.Inner(key: "k", note: "n"))
        #expect(sample.names == ["a", "b"])
        #expect(sample.hosts == ["c:1", "d:2"])
        #expect(sample.options.entries.map(\.key) == ["x.y"])
        #expect(sample.isOpen)
    }

    @Test func `sections that are not there are made`() {
        let result = Sample.kind.readDefaults(DocumentInputs(overrides: ["inner.key=k"]))
        #expect(result.diagnostics == [])
        #expect(result.document?.spec.inner.key == "k")
    }

    @Test func `the text of an option is taken as it is`() {
        for text in ["${HOME}", "null", "~", "[a", "*x", "'q'", "a: b"] {
            let result = Sample.read("{}", environment: ["HOME": "h"], overrides: ["title=" + text])
            #expect(result.diagnostics == [])
            #expect(result.document?.spec.title == text)
        }
    }

    @Test(arguments: [
        ("cuont=1", "unknown key 'cuont'", "count"),
        ("count", "an option without a key and a value", nil),
        ("=1", "an option without a key and a value", nil),
        ("inner=1", "'inner' is a section", nil),
        ("options=1", "'options' is a section", nil),
        ("count.x=1", "'count' has no keys below it", nil),
        ("inner.kye=1", "unknown key 'kye'", "key"), ("spec.count=1", "unknown key 'spec'", nil),
        (".=1", "unknown key ''", nil),
    ])
    func `an option that no field takes is refused`(option: String, message: String, near: String?)
    {
        let result = Sample.read("{}", overrides: [option])
        #expect(result.diagnostics.map(\.code) == [.documentOverride])
        #expect(result.diagnostics.first?.message == message)
        #expect(result.diagnostics.first?.suggestion == near)
        #expect(result.diagnostics.first?.source.name == "--set")
    }

    @Test func `a value that its field does not take is shown in the option`() {
        let result = Sample.read("count: 1", overrides: ["count=many"])
        #expect(
            rendered(result.diagnostics) == """
                --set:1:7: error: 'count' cannot be 'many' [ARKA-DOC-0012]
                count=many
                      ^~~~
                  expected a whole number from 1 to 256

                """)
    }

    @Test func `secrets in options are not shown`() {
        for option in ["password=hunter2\u{1}", "pasword=hunter2", "options.token=hunter2\u{1}"] {
            let result = Sample.read("{}", overrides: [option])
            #expect(!result.diagnostics.isEmpty)
            #expect(!rendered(result.diagnostics).contains("hunter2"), "\(option)")
        }
    }
}
