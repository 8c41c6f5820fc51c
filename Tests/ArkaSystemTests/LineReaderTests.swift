import ArkaSystem
import CZstd
import Foundation
import Testing

@Suite struct LineReaderTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\n", ["a", ""]),
        ("a\r\nb\r\n", ["a\r", "b\r"]), ("\na", ["", "a"]), ("a\u{0}b\n", ["a\u{0}b"]),
    ])
    func `lines end at LF and nowhere else`(text: String, lines: [String]) throws {
        let path = try directory.write("lines", Array(text.utf8))
        #expect(try read(path) == lines.map { Array($0.utf8) })
    }

    /// Goal: no chunk boundary loses, doubles or joins anything. Method: random lines around the
    /// chunk size, plain and compressed, against a plain split of the whole text.
    @Test(arguments: 0..<40)
    func `every chunk size gives the same lines`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let chunk = Int.random(in: 1...70, using: &random)
        let expected = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            let count = Int.random(in: 0...(chunk * 3), using: &random)
            return (0..<count).map { _ in UInt8.random(in: 0x0B...0xFF, using: &random) }
        }
        var text = Array(expected.joined(separator: [0x0A]))
        // A last line that is empty exists only if its LF does.
        if expected.last?.isEmpty == true || Bool.random(using: &random), !expected.isEmpty {
            text.append(0x0A)
        }
        let plain = try directory.write("plain", text)
        let packed = try directory.write("packed", frames(of: text, using: &random))
        #expect(try read(plain, chunk: chunk) == expected, "seed \(seed), chunk \(chunk)")
        #expect(try read(packed, chunk: chunk) == expected, "seed \(seed), chunk \(chunk), zstd")
    }

    @Test func `output larger than the chunk survives a small compressed file`() throws {
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
        let path = try directory.write("big.zst", frame(line + [0x0A] + line))
        #expect(try read(path, chunk: 1 << 16) == [line, line])
    }

    @Test func `a compressed file may hold skippable frames, and be known by its first bytes`()
        throws
    {
        let skippable: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let bytes = skippable + frame(Array("a\nb".utf8)) + skippable
        let path = try directory.write("no-suffix", bytes)
        #expect(try read(path) == [[0x61], [0x62]])
    }

    @Test func `a truncated frame is an error at every length, after the lines before it`() throws {
        let whole = frame(Array("first\nsecond\n".utf8))
        for count in 0..<whole.count {
            let path = try directory.write("cut.zst", Array(whole[..<count]))
            let error = #expect(throws: SystemError.self, "\(count) bytes") { try read(path) }
            #expect(error?.code == .truncatedCompression, "\(count) bytes")
        }
    }

    @Test func `what zstd did not write is an error that says so`() throws {
        let path = try directory.write("wrong.zst", Array("{\"id\":1}\n".utf8))
        let error = try #require(throws: SystemError.self) { try read(path) }
        #expect(error.code == .damagedCompression)
        #expect(error.description.contains("wrong.zst: is not what zstd wrote"))
    }

    @Test func `a line over the limit is named by its number, one at the limit is taken`() throws {
        let path = try directory.write("long", Array("ab\nabcd\nabcde\n".utf8))
        let reader = try LineReader(path: path, lineLimit: 4, chunkBytes: 3)
        var seen: [Int] = []
        let error = #expect(throws: SystemError.self) {
            while try reader.nextLine({ seen.append($0.byteCount) }) {}
        }
        #expect(seen == [2, 4])
        #expect(error?.code == .lineTooLong)
        #expect(error?.subject == path + ":3")
    }

    @Test func `progress follows the compressed file, and line numbers start at 1`() throws {
        let path = try directory.write("p.zst", frame(Array("a\nb\n".utf8)))
        let reader = try LineReader(path: path)
        #expect(reader.lineNumber == 0)
        #expect(try reader.nextLine { _ in })
        #expect(reader.lineNumber == 1)
        #expect(reader.progress == 1)
    }

    @Test(arguments: [("missing", "cannot open it: No such file"), (".", "is a directory")])
    func `what cannot be opened is named`(name: String, reason: String) throws {
        let path = directory.file(name)
        let error = try #require(throws: SystemError.self) { try LineReader(path: path) }
        #expect(error.code == .cannotOpenFile)
        #expect(error.description.hasPrefix("\(path): \(reason)"))
    }

    private func read(_ path: String, chunk: Int = 1 << 16) throws -> [[UInt8]] {
        let reader = try LineReader(path: path, chunkBytes: chunk)
        var lines: [[UInt8]] = []
        while try reader.nextLine({ line in lines.append(line.withUnsafeBytes(Array.init)) }) {}
        #expect(reader.lineNumber == lines.count)
        return lines
    }

    /// The text as several frames, cut at random places.
    private func frames(of text: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        repeat {
            let count = Int.random(in: 0...rest.count, using: &random)
            bytes += frame(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        } while !rest.isEmpty
        return bytes
    }

    private func frame(_ text: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
        let count = ZSTD_compress(&bytes, bytes.count, text, text.count, 3)
        return Array(bytes[..<count])
    }
}

/// SplitMix64: the same numbers for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
