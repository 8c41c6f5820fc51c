import ArkaDocuments
import ArkaJSON
import ArkaModel
import Foundation
import Testing

@testable import ArkaConfig

/// What the declarations of documents are turned into.
@Suite(.serialized) struct DocumentDescriptionTests {
    private static let kinds = documentKinds.map(\.kind)

    private func description(_ kind: String) throws -> DocumentDescription {
        try #require(documentKinds.first { $0.kind == kind })
    }

    @Test func `there are nine kinds, each once`() {
        #expect(Self.kinds.count == 9 && Set(Self.kinds).count == 9)
    }

    @Test(arguments: kinds)
    func `an example is a document of its kind as it stands`(kind: String) throws {
        let description = try description(kind)
        let found = description.check(SourceText(name: kind, text: description.example))
        #expect(rendered(found) == "")
        // It has every key: as it is, or as a comment.
        for key in description.keys {
            let name = key.path.split(separator: ".").last.map { $0.replacing("[]", with: "") }
            #expect(description.example.contains("\(name ?? ""):"), "\(key.path)")
        }
    }

    @Test(arguments: kinds)
    func `a key misspelt by one letter is refused where it stands, with the right name`(
        kind: String
    ) throws {
        let description = try description(kind)
        let keys = ExampleKey.all(in: description.example)
        #expect(keys.count >= 8)
        for key in keys {
            for wrong in key.misspellings {
                var lines = description.example.split(
                    separator: "\n", omittingEmptySubsequences: false
                ).map { String($0) }
                lines[key.line] = key.indentation + wrong + key.rest
                let text = SourceText(name: kind, text: lines.joined(separator: "\n"))
                // Dropping a letter can make a key that stands there already.
                if key.siblings.contains(wrong) { continue }
                let found = description.check(text)
                let own = try #require(
                    found.first {
                        $0.position
                            == SourcePosition(
                                line: key.line + 1, column: key.indentation.count + 1)
                    }, "'\(wrong)' for '\(key.name)': \(rendered(found))")
                #expect(own.severity == .error && own.code.description == "ARKA-DOC-0009")
                #expect(own.suggestion == key.name, "'\(wrong)' for '\(key.name)'")
            }
        }
    }

    /// `ARKA_UPDATE_GOLDEN=1` writes the files anew.
    @Test(arguments: kinds)
    func `the schema in config is the one of the declarations`(kind: String) throws {
        let name = kind.reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text += "-" }
            text += letter.lowercased()
        }
        let url = TestFiles.project.appending(path: "config/schema/\(name).schema.json")
        let schema = try description(kind).jsonSchema
        if ProcessInfo.processInfo.environment["ARKA_UPDATE_GOLDEN"] == "1" {
            try Data(schema).write(to: url)
        }
        #expect(
            String(decoding: schema, as: UTF8.self)
                == (try String(contentsOf: url, encoding: .utf8)))
        let parsed = parseJSON(SourceText(name: name, utf8: schema))
        #expect(rendered(parsed.diagnostics) == "")
    }

    @Test func `a schema names what is required, and what stands in the place of what`() throws {
        let text = String(decoding: try description("Topology").jsonSchema, as: UTF8.self)
        for expected in [
            #""required": ["source", "rules", "decisions"]"#, #""required": ["plugin", "file"]"#,
            #""const": "Topology""#, #""additionalProperties": false"#,
            #""enum": ["exactly_once", "at_least_once"]"#, ##""$ref": "#/$defs/variable""##,
            #""default": "exactly_once""#,
        ] {
            #expect(text.contains(expected), "\(expected)")
        }
    }

    private struct Sample {
        var password = ""
        var backends: [Backend] = []

        struct Backend {
            var type = ""
            var token = ""
        }
    }

    @Test func `a secret is a comment, and keys that do not go together are one beside an example`()
    {
        let backend = Section(
            Sample.Backend(),
            [
                Field("type", .text(), into: \.type, isRequired: true, example: "file", "A kind."),
                Field(
                    "token", .text(), into: \.token, isSecret: true, example: "${TOKEN}", "A token."
                ),
            ])
        let sample = DocumentKind(
            "Sample", "A sample.",
            spec: Section(
                Sample(),
                [
                    Field(
                        "password", .text(), into: \.password, isSecret: true,
                        example: "${PASSWORD}", "A password."),
                    Field(
                        "backends", .list(of: .section(backend), countRange: 1...2),
                        into: \.backends, example: "[{type: file}]", "Where it is."),
                ]))
        let description = DocumentDescription(sample)
        #expect(
            description.example.hasSuffix(
                """
                spec:
                  # A password.
                  # password: ${PASSWORD}

                  # Where it is.
                  backends: [{type: file}]
                  # -
                  #   # A kind.
                  #   type: file
                  #   # A token.
                  #   # token: ${TOKEN}

                """), "\(description.example)")
        #expect(description.check(SourceText(name: "s", text: description.example)) == [])
        #expect(
            description.keys.map(\.path) == ["password", "backends[].type", "backends[].token"])
    }

    @Test func `indenting changes spaces only`() {
        let json = #"{"a":[1,"[,{\"",[]],"b":{},"c":{"d":[{"e":null}]},"f":[]}"#
        let indented = String(decoding: indentedJSON(Array(json.utf8)), as: UTF8.self)
        #expect(
            indented == """
                {
                  "a": [
                    1,
                    "[,{\\"",
                    []
                  ],
                  "b": {},
                  "c": {
                    "d": [
                      {
                        "e": null
                      }
                    ]
                  },
                  "f": []
                }

                """)
        #expect(
            String(decoding: indentedJSON(Array("[1,\"a,b\"]".utf8)), as: UTF8.self)
                == "[1, \"a,b\"]\n")
    }
}

/// A key that stands in a line of an example.
private struct ExampleKey {
    let name: String
    let line: Int
    let indentation: String
    /// The colon and what is behind it.
    let rest: String
    /// The keys beside it.
    let siblings: [String]

    static func all(in text: String) -> [ExampleKey] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.enumerated().compactMap { index, line -> (Int, String, String, String)? in
            let indentation = line.prefix { $0 == " " }
            let content = line.dropFirst(indentation.count)
            guard let colon = content.firstIndex(of: ":"), content.first?.isLetter == true else {
                return nil
            }
            return (
                index, String(indentation), String(content[..<colon]), String(content[colon...])
            )
        }
        return found.map { line, indentation, name, rest in
            ExampleKey(
                name: name, line: line, indentation: indentation, rest: rest,
                siblings: found.filter { $0.1 == indentation && $0.2 != name }.map(\.2))
        }
    }

    /// The name with one letter dropped, doubled, or swapped with the next; another letter in each line.
    var misspellings: Set<String> {
        let letters = Array(name)
        let index = (line * 7) % letters.count
        var dropped = letters
        dropped.remove(at: index)
        var doubled = letters
        doubled.insert(letters[index], at: index)
        var swapped = letters
        swapped.swapAt(index, (index + 1) % letters.count == 0 ? index : index + 1)
        return Set([dropped, doubled, swapped].map { String($0) }).subtracting([name, ""])
    }
}
