import ArkaModel
import ArkaText
import Testing

/// What a writer of CSV writes is read as it was meant, and what is bent is judged.
@Suite struct ListPropertyTests {
    private static let texts = [
        "DE", "a b", "é€", "x,y", "\"", "say \"hi\"", "line\nbreak", "line\r\nbreak", "\r", "#",
        "0",
        "ünï", ",", "\"\"", "a\"b", "1.5", " ", "\t",
    ]

    /// A field as some writer might put it: in quotes where it must be, elsewhere now and then.
    private func written(_ text: String, _ random: inout Seeded) -> String {
        let special = text.utf8.contains { ",\"\r\n".utf8.contains($0) } || text.isBlank
        guard special || random.oneIn(3) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    @Test(arguments: 1...4)
    func `a written table is read back`(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<(iterations / 10) {
            let columns = 1 + random.below(4)
            let wanted = random.below(columns)
            let lineEnd = random.pick(["\n", "\r\n"])
            var rows = [(0..<columns).map { "c\($0)" }]
            for _ in 0..<random.below(8) {
                rows.append((0..<columns).map { _ in random.pick(Self.texts) })
            }
            var text = random.oneIn(4) ? "\u{FEFF}" : ""
            for row in rows {
                text += row.map { written($0, &random) }.joined(separator: ",") + lineEnd
                if random.oneIn(5) { text += lineEnd }
            }
            let source = SourceText(name: "l", text: text)
            let reading = ListFile(source, column: "c\(wanted)").texts()
            let entries = Set(rows.dropFirst().map { utf8($0[wanted]) })
            let list = try #require(reading.list, "\(readable(utf8(text)))")
            #expect(list.count == entries.count, "\(readable(utf8(text)))")
            for entry in entries { #expect(list.contains(entry), "\(readable(utf8(text)))") }
        }
    }

    @Test(arguments: 1...4)
    func `a bent file gives a list or errors within it`(seed: UInt64) {
        let sample = utf8(
            "\u{FEFF}iso2,name\r\nDE,\"Ger\"\"many\"\r\n\r\nIT,Italy\nFR,\"a\r\nb\"\n")
        let strangers = utf8("\",\r\n\0 \tx") + [0xC3, 0xA9, 0xFF, 0xEF]
        var random = Seeded(seed)
        var taken = 0
        for _ in 0..<iterations {
            var bytes = sample
            for _ in 0...random.below(3) {
                let at = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[at] = random.pick(strangers)
                case 1: bytes.insert(random.pick(strangers), at: at)
                case 2: bytes.remove(at: at)
                default: bytes.removeSubrange(at..<min(at + random.below(9), bytes.count))
                }
                if bytes.isEmpty { bytes = [0x0A] }
            }
            let source = SourceText(name: "l", utf8: bytes)
            let reading = ListFile(source, column: random.oneIn(2) ? "iso2" : nil).texts()
            let failed = reading.diagnostics.contains { $0.severity == .error }
            #expect((reading.list == nil) == failed, "seed \(seed): \(readable(bytes))")
            taken += failed ? 0 : 1
            for diagnostic in reading.diagnostics {
                #expect(diagnostic.range.end <= bytes.count, "seed \(seed): \(readable(bytes))")
                #expect(!diagnostic.rendered().isEmpty)
            }
        }
        #expect(taken > 0 && taken < iterations)
    }
}

extension String {
    fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
