import Testing

@testable import ArkaText

/// A shape must say of every text what RE2 says of it. Three ways to look for one that does not: short
/// patterns of special signs, one by one; short classes against every byte; and patterns at random.
@Suite struct ShapePropertyTests {
    /// Names the shape without what it holds, to count kinds.
    private func kind(_ shape: PatternShape) -> String {
        String("\(shape)".prefix { $0 != "(" })
    }

    /// What RE2 and the shape say differently; `nil` for patterns that RE2 does not take, or that have
    /// no shape.
    private func disagreements(
        _ pattern: [UInt8], _ texts: [[UInt8]], _ seen: inout [String: [Int]]
    ) -> [String]? {
        guard let program = try? RE2Program(pattern) else { return nil }
        let shape = PatternShape.shape(of: pattern)
        guard shape != .general else { return nil }
        return texts.compactMap { text in
            let answers = text.withUnsafeBufferPointer { (shape.matches($0), program.matches($0)) }
            seen[kind(shape), default: [0, 0]][answers.1 ? 1 : 0] += 1
            guard answers.0 != answers.1 else { return nil }
            return
                "/\(readable(pattern))/ as \(shape) on '\(readable(text))'; RE2 says \(answers.1)"
        }
    }

    private static let kinds = [
        "classes", "contains", "ends", "equals", "starts", "startsWithClasses",
    ]

    @Test func `short patterns of special signs`() {
        let signs = [
            "a", "b", "é", "^", "$", ".", "*", "?", "|", "{2}", "[a-b]", #"\d"#, #"\Qa\E"#,
        ]
        .map(utf8)
        let texts =
            [
                "", "a", "b", "é", "aa", "ab", "aab", "xab", "abx", "bé", "1", "a1", "\n", "a\n",
                "\na",
                "é1", "aé", "11", "^", "$a", "..",
            ].map(utf8) + [[0xFF], [0x61, 0xFF], [0xA9], [0xC3]]
        var seen: [String: [Int]] = [:]
        var patterns: [[UInt8]] = [[]]
        var level = patterns
        for _ in 0..<4 {
            level = level.flatMap { start in signs.map { start + $0 } }
            patterns += level
        }
        for pattern in patterns {
            #expect(disagreements(pattern, texts, &seen) ?? [] == [])
        }
        for kind in Self.kinds {
            #expect(seen[kind, default: [0, 0]].allSatisfy { $0 > 10 }, "\(kind): \(seen)")
        }
    }

    @Test func `short classes, against every byte`() {
        let signs = [#"\"#, "]", "[", "-", "^", "a", "c", "d", ":", "é", "0"].map(utf8)
        let texts = (0...255).map { [UInt8($0)] } + [[], utf8("é"), utf8("ab")]
        var level: [[UInt8]] = [[]]
        var seen: [String: [Int]] = [:]
        var compared = 0
        for _ in 0..<3 {
            level = level.flatMap { start in signs.map { start + $0 } }
            for members in level {
                let pattern = utf8("^[") + members + utf8("]$")
                guard let found = disagreements(pattern, texts, &seen) else { continue }
                #expect(found == [])
                compared += 1
            }
        }
        #expect(compared > 150)
    }

    @Test(arguments: 1...8)
    func `patterns at random`(seed: UInt64) {
        var patterns = RandomPattern(seed)
        var seen: [String: [Int]] = [:]
        for _ in 0..<iterations {
            patterns.make()
            let texts = (0..<6).map { _ in patterns.text() }
            #expect(disagreements(patterns.source, texts, &seen) ?? [] == [], "seed \(seed)")
        }
        for kind in Self.kinds {
            #expect(seen[kind, default: [0, 0]].allSatisfy { $0 > 10 }, "\(kind): \(seen)")
        }
    }

    @Test func `a pattern answers by its shape what RE2 answers`() throws {
        var patterns = RandomPattern(99)
        var taken = 0
        for _ in 0..<iterations {
            patterns.make()
            guard let pattern = try? TextPattern(patterns.source) else { continue }
            let program = try RE2Program(patterns.source)
            taken += 1
            let text = patterns.text()
            let expected = text.withUnsafeBufferPointer { program.matches($0) }
            #expect(pattern.matches(text) == expected, "\(readable(patterns.source))")
        }
        #expect(taken > iterations / 3)
    }
}
