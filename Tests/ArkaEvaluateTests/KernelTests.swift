import CKernels
import Testing

/// All instruction sets give what the portable loops give.
struct KernelTests {
    private static let paths = [1, 2].filter { $0 <= arka_best_path() }.map { Int32($0) }

    private static func strings(_ path: Int32, _ text: [UInt8]) -> (ends: [UInt32], saw: UInt32) {
        let padded = text + [UInt8](repeating: 0, count: 64)
        var ends = [UInt32](repeating: 0, count: text.count / 2 + 64)
        let found = arka_find_strings(path, padded, text.count, &ends)
        #expect(found.first_non_ascii <= text.count)
        let ascii = text.prefix(Int(found.first_non_ascii))
        #expect(ascii.allSatisfy { $0 < 0x80 })
        return (Array(ends[..<Int(found.count)]), found.saw)
    }

    @Test func `strings are found alike in random text`() {
        var random = Seeded(11)
        let alphabet = Array("\"\"\"\\\\a{}[],: 1\n\u{1}".utf8) + [0x80, 0xC3]
        for round in 0..<3000 {
            let dense = round % 2 == 0
            let text = (0..<random.below(400)).map { _ in
                dense || random.oneIn(6) ? random.pick(alphabet) : UInt8(ascii: "x")
            }
            let expected = Self.strings(0, text)
            for path in Self.paths {
                let found = Self.strings(path, text)
                #expect(found.ends == expected.ends, "path \(path), round \(round)")
                #expect(found.saw == expected.saw, "path \(path), round \(round)")
            }
        }
    }

    @Test func `strings are found in what is nothing but quotes`() {
        for length in [0, 1, 2, 63, 64, 65, 127, 128, 4096] {
            let text = [UInt8](repeating: UInt8(ascii: "\""), count: length)
            for path in [0] + Self.paths {
                let found = Self.strings(path, text)
                #expect(found.ends == (0..<(length / 2)).map { UInt32($0 * 2 + 1) })
                #expect((found.saw & UInt32(ARKA_SAW_OPEN_STRING) != 0) == (length % 2 == 1))
            }
        }
    }

    @Test func `numbers are compared alike`() {
        var random = Seeded(12)
        let interesting: [Int64] = [.min, .min + 1, -1, 0, 1, 1_000_000, .max - 1, .max]
        for words in 1...4 {
            for _ in 0..<200 {
                let values = (0..<(words * 64)).map { _ in
                    random.oneIn(2) ? random.pick(interesting) : Int64(bitPattern: random.next())
                }
                let bound = random.oneIn(2) ? random.pick(values) : random.pick(interesting)
                for path in Self.paths {
                    var found = [[UInt64]](
                        repeating: [UInt64](repeating: 0, count: words), count: 4)
                    arka_below(0, values, words, bound, &found[0])
                    arka_below(path, values, words, bound, &found[1])
                    arka_equal(0, values, words, bound, &found[2])
                    arka_equal(path, values, words, bound, &found[3])
                    #expect(found[0] == found[1])
                    #expect(found[2] == found[3])
                    for (row, value) in values.enumerated() {
                        let bit = UInt64(1) << UInt64(row % 64)
                        #expect((found[1][row / 64] & bit != 0) == (value < bound))
                        #expect((found[3][row / 64] & bit != 0) == (value == bound))
                    }
                }
            }
        }
    }

    @Test func `codes are looked up alike`() {
        var random = Seeded(13)
        for _ in 0..<500 {
            let words = 1 + random.below(4)
            let codes = (0..<(words * 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let table = (0..<4).map { _ in random.next() & random.next() }
            var expected = [UInt64](repeating: 0, count: words)
            arka_in_table(0, codes, words, table, &expected)
            for path in Self.paths {
                var found = [UInt64](repeating: 0, count: words)
                arka_in_table(path, codes, words, table, &found)
                #expect(found == expected)
            }
            var large = [UInt64](repeating: 0, count: words)
            arka_in_large_table(codes.map { UInt32($0) }, words, table, 256, &large)
            #expect(large == expected)
            arka_in_large_table(codes.map { UInt32($0) + 256 }, words, table, 256, &large)
            #expect(large.allSatisfy { $0 == 0 })
        }
    }

    @Test func `one code of many is found alike`() {
        var random = Seeded(14)
        let interesting: [UInt32] = [0, 1, 2, 255, 256, 257, 65_536, .max - 1, .max]
        for _ in 0..<500 {
            let words = 1 + random.below(4)
            let codes = (0..<(words * 64)).map { _ in
                random.oneIn(2)
                    ? random.pick(interesting) : UInt32(truncatingIfNeeded: random.next())
            }
            let code = random.oneIn(2) ? random.pick(codes) : random.pick(interesting)
            for path in [0] + Self.paths {
                var found = [UInt64](repeating: .max, count: words)
                arka_equal_code(path, codes, words, code, &found)
                for (row, other) in codes.enumerated() {
                    let isFound = found[row / 64] >> UInt64(row % 64) & 1 != 0
                    #expect(isFound == (other == code), "path \(path), row \(row)")
                }
            }
        }
    }
}
