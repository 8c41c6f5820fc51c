import ArkaText
import Testing

@Suite struct TextListTests {
    @Test func `a list holds what it was made of, once`() {
        let list = TextList(["DE", "IT", "DE"].map(utf8))
        #expect(list.count == 2)
        #expect(list.contains(utf8("DE")))
        #expect(list.contains(utf8("IT")))
        for other in ["", "D", "DEU", "FR", "de", "ED"] { #expect(!list.contains(utf8(other))) }
    }

    @Test func `an empty list holds nothing, not even the empty text`() {
        let list = TextList([])
        #expect(list.count == 0)
        #expect(!list.contains([]))
        #expect(!list.contains([0]))
    }

    @Test func `the empty text and NUL are entries like others`() {
        let list = TextList([[], [0]])
        let nowhere = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        #expect(list.count == 2)
        #expect(list.contains([]) && list.contains(nowhere) && list.contains([0]))
        #expect(!list.contains([0, 0]))
    }

    @Test func `texts are equal by their bytes`() {
        let list = TextList([utf8("é"), [0xFF, 0xFE]])
        #expect(list.contains(utf8("\u{E9}")))
        #expect(!list.contains(utf8("e\u{301}")))
        #expect(list.contains([0xFF, 0xFE]))
    }

    @Test func `texts of every length are told apart at every byte`() {
        for count in 0...70 {
            let text = (0..<count).map { UInt8($0 * 3 + 1) }
            let list = TextList([text])
            #expect(list.contains(text))
            for at in text.indices {
                var other = text
                other[at] ^= 1
                #expect(!list.contains(other), "\(count) \(at)")
            }
            #expect(!list.contains(text + [0]))
            #expect(!list.contains(Array(text.dropLast())) || count == 0)
        }
    }

    @Test func `a part of a buffer is looked up alone`() {
        let text = utf8("xITx")
        let list = TextList([utf8("IT")])
        text.withUnsafeBufferPointer { buffer in
            #expect(list.contains(UnsafeBufferPointer(rebasing: buffer[1..<3])))
            #expect(!list.contains(buffer))
        }
    }

    @Test func `a builder copies what it is given`() {
        var builder = TextList.Builder(reserving: 10)
        var text = utf8("one two")
        builder.append(text[0..<3].span)
        builder.append(text[4..<7].span)
        text[0] = 0
        let list = builder.finished()
        #expect(list.contains(utf8("one")) && list.contains(utf8("two")) && list.count == 2)
    }

    @Test(arguments: [1, 2, 3, 10, 100, 1_000, 30_000])
    func `a list agrees with a set, whatever its size`(count: Int) {
        var random = Seeded(UInt64(count))
        // Short texts of few letters, so that many repeat and many are near one another.
        func text() -> [UInt8] {
            (0..<random.below(count < 100 ? 3 : 20)).map { _ in UInt8(97 + random.below(3)) }
        }
        let entries = (0..<count).map { _ in text() }
        let oracle = Set(entries)
        let list = TextList(entries)
        #expect(list.count == oracle.count)
        for entry in oracle { #expect(list.contains(entry)) }
        for _ in 0..<1_000 {
            let other = text()
            #expect(list.contains(other) == oracle.contains(other), "\(readable(other))")
        }
    }

    @Test func `a list of many entries holds them all`() {
        // Every tenth is there twice.
        func text(_ number: Int) -> [UInt8] { utf8(String(10_000_000_000_000_00 + number)) }
        var builder = TextList.Builder()
        for number in 0..<120_000 {
            builder.append(text(number).span)
            if number.isMultiple(of: 10) { builder.append(text(number).span) }
        }
        let list = builder.finished()
        #expect(list.count == 120_000)
        #expect((0..<120_000).allSatisfy { list.contains(text($0)) })
        #expect(!(120_000..<140_000).contains { list.contains(text($0)) })
    }
}
