import ArkaModel
import Testing

@testable import ArkaDocuments

/// A secret that stands in the document is not shown either, not even in the line of a message.
@Suite struct SecretTests {
    @Test func `secret fields are blotted out of every line that a message shows`() throws {
        let result = Sample.read("{password: 'hunter2', cuont: 1}\n")
        let shown = rendered(result.diagnostics)
        #expect(shown.contains("unknown key 'cuont'"))
        #expect(shown.contains("{password: *********, cuont: 1}"))
        let document = try #require(result.document)
        #expect(document.spec.password == "hunter2")
        for place in document.places.values {
            #expect(!String(decoding: place.source.utf8, as: UTF8.self).contains("hunter2"))
        }
    }

    @Test func `a secret that is itself refused is not quoted`() {
        for line in [
            "password: \"hunter2\\x01\"", "password: [hunter2]", "options: {token: \"hunter2\\0\"}",
            "options: {\n  token: @hunter2}", "password: a hunter2: b", "password: hunter2\u{7}",
        ] {
            let result = Sample.read(line)
            #expect(!result.diagnostics.isEmpty)
            #expect(!rendered(result.diagnostics).contains("hunter2"), "\(line)")
        }
    }

    @Test func `secrets in maps are told by their key and by where they come from`() throws {
        let result = Sample.read(
            "options: {token: a, plain: b, env: '${X}', fallback: '${Y:-c}'}",
            environment: ["X": "1"])
        let entries = try #require(result.document?.spec.options.entries)
        #expect(entries.map(\.isSecret) == [true, false, true, true])
    }

    @Test func `a secret among very many values is blotted out of every place`() throws {
        let lines = (0..<20_000).map { "  k\($0): v" }.joined(separator: "\n")
        let result = Sample.read("options:\n  token: hunter2\n" + lines)
        let document = try #require(result.document)
        #expect(document.places.count > 20_000)
        let texts = Set(document.places.values.map(\.source.name))
        #expect(texts == ["a.yaml"])
        let last = try #require(document.places["options.k19999"])
        #expect(!String(decoding: last.source.utf8, as: UTF8.self).contains("hunter2"))
    }

    @Test func `the name of the variable that holds a secret may be seen`() {
        let result = Sample.read(
            "{password: '${PASSWORD}', bad: 1}", environment: ["PASSWORD": "hunter2"])
        #expect(result.document?.spec.password == "hunter2")
        let shown = rendered(result.diagnostics)
        #expect(shown.contains("${PASSWORD}"))
        #expect(!shown.contains("hunter2"))
        let fallback = Sample.read("{password: '${P:-hunter2}', bad: 1}")
        #expect(!rendered(fallback.diagnostics).contains("hunter2"))
    }
}
