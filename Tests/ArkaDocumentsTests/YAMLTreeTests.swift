import ArkaModel
import Testing

@testable import ArkaDocuments

@Suite struct YAMLTreeTests {
    private func text(of place: SourcePlace) -> String {
        String(decoding: place.source.utf8[place.range.start..<place.range.end], as: UTF8.self)
    }

    private func entries(_ text: String) throws -> [YAMLEntry] {
        let document = parseYAML(SourceText(name: "a", text: text))
        #expect(rendered(document.diagnostics) == "")
        guard case .mapping(let entries)? = document.root?.kind else { return [] }
        return entries
    }

    @Test func `text stays text`() throws {
        for word in ["no", "NO", "010", "1:30", "1.10", "1_000", "0x1f", "2026-01-01", "1e3"] {
            let entry = try #require(try entries("a: \(word)").first)
            #expect(entry.value.kind == .scalar(YAMLScalar(word)))
        }
    }

    @Test func `every key and value knows its bytes`() throws {
        let found = try entries("é: ünï\n\"k\": 'v'  # comment\nlist: [a, \"ß\"]\nlast: 😀 x\n")
        #expect(found.map { text(of: $0.keyPlace) } == ["é", "\"k\"", "list", "last"])
        #expect(found.map { text(of: $0.value.place) } == ["ünï", "'v'", "[a, \"ß\"]", "😀 x"])
        guard case .sequence(let items) = found[2].value.kind else { return }
        #expect(items.map { text(of: $0.place) } == ["a", "\"ß\""])
    }

    @Test(arguments: ["\n", "\r\n"])
    func `line ends and a byte order mark do not move places`(lineEnd: String) throws {
        let found = try entries("\u{FEFF}a: 1\(lineEnd)# é\(lineEnd)bc: 2\(lineEnd)")
        #expect(found.map { text(of: $0.keyPlace) } == ["a", "bc"])
        #expect(found[1].keyPlace.source.position(at: found[1].keyPlace.range.start).line == 3)
    }

    @Test func `quotes and blocks are told from plain text`() throws {
        let found = try entries("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\n  y\ne: >-\n  x\n  y\nf:\n")
        let scalars = found.compactMap { entry -> YAMLScalar? in
            if case .scalar(let scalar) = entry.value.kind { scalar } else { nil }
        }
        #expect(scalars.map(\.style) == [.plain, .quoted, .quoted, .block, .block, .plain])
        #expect(scalars.map(\.text) == ["x", "x", "x", "x\ny\n", "x y", ""])
        #expect(scalars.map(\.isNull) == [false, false, false, false, false, true])
    }

    @Test func `a place is found from both directions`() {
        let text = "aé😀\nx"
        var forward = CharacterOffsets(Array(text.utf8))
        #expect(
            [0, 1, 2, 3, 4, 5, 9].map { forward.byteOffset(ofCharacter: $0) } == [
                0, 1, 3, 7, 8, 9, 9,
            ])
        var back = CharacterOffsets(Array(text.utf8))
        _ = back.byteOffset(ofCharacter: 5)
        #expect([4, 3, 2, 1, 0].map { back.byteOffset(ofCharacter: $0) } == [8, 7, 3, 1, 0])
    }
}
