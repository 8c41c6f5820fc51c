import ArkaEvaluate
import ArkaModel
import ArkaStream
import Foundation
import Testing

/// JSON as RFC 8259 and the cases of JSONTestSuite have it.
///
/// The suite's files are not part of the project: they are read from `ARKA_JSON_CASES`, or from
/// `../shared/data/conformance/json`. Without them only the cases written here are run.
struct ConformanceTests {
    static let files: [URL] = {
        let given = ProcessInfo.processInfo.environment["ARKA_JSON_CASES"]
        let folder =
            given.map { URL(filePath: $0) }
            ?? Place.project.appending(path: "../shared/data/conformance/json")
        let all = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        return (all ?? []).filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }()

    static let books = [0, 10, 100]

    static func engines(_ options: EvaluationOptions = EvaluationOptions()) throws -> [Engine] {
        try books.map {
            $0 == 0
                ? Engine(options: options) : Engine(try Place.workloadBook($0), options: options)
        }
    }

    private static func record(_ file: URL) throws -> [UInt8] {
        let bytes = Array(try Data(contentsOf: file))
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if first == UInt8(ascii: "{") { return bytes }
        return Array("{\"v\":".utf8) + bytes + Array("}".utf8)
    }

    @Test func `the cases are there or their absence is told`() {
        if Self.files.isEmpty { print("skipped: no JSON conformance cases (ARKA_JSON_CASES)") }
        #expect(Self.files.isEmpty || Self.files.count > 200)
    }

    @Test(arguments: KernelPath.available)
    func `y files are accepted, n files are dead letters, none crashes`(_ path: KernelPath) throws {
        let engines = try Self.engines(EvaluationOptions(kernels: path))
        for file in Self.files {
            let name = file.lastPathComponent
            let record = try Self.record(file)
            let results = engines.map { $0.evaluate(record) }
            #expect(Set(results.map(\.isAccepted)).count == 1, "\(name) depends on the rules")
            if name.hasPrefix("y_") { #expect(results[0].isAccepted, "\(name): \(results[0])") }
            if name.hasPrefix("n_") { #expect(!results[0].isAccepted, "\(name)") }
            #expect(results[0].agrees(with: engines[0].expected(record)), "\(name): \(results[0])")
        }
    }

    @Test(arguments: KernelPath.available)
    func `every file cut off anywhere is no crash`(_ path: KernelPath) throws {
        let engine = Engine(try Place.workloadBook(10), options: EvaluationOptions(kernels: path))
        for file in Self.files {
            let record = try Self.record(file)
            guard record.count < 300 else { continue }
            for end in 1..<record.count {
                let cut = Array(record[..<end])
                #expect(
                    engine.evaluate(cut).agrees(with: engine.expected(cut)), "\(file) at \(end)")
            }
        }
    }

    static let broken: [(String, String)] = [
        ("{", "malformed_json"), ("}", "malformed_json"), ("{}}", "malformed_json"),
        ("{} {}", "malformed_json"), ("{\"a\"}", "malformed_json"), ("{\"a\":}", "malformed_json"),
        ("{\"a\":1,}", "malformed_json"), ("{,}", "malformed_json"),
        ("{\"a\" 1}", "malformed_json"),
        ("{\"a\":01}", "malformed_json"), ("{\"a\":-}", "malformed_json"),
        ("{\"a\":1.}", "malformed_json"), ("{\"a\":.5}", "malformed_json"),
        ("{\"a\":1e}", "malformed_json"), ("{\"a\":1e+}", "malformed_json"),
        ("{\"a\":+1}", "malformed_json"), ("{\"a\":tru}", "malformed_json"),
        ("{\"a\":nul}", "malformed_json"), ("{\"a\":falsE}", "malformed_json"),
        ("{\"a\":\"x}", "malformed_json"), ("{\"a\":\"\u{01}\"}", "malformed_json"),
        ("{\"a\":\"\n\"}", "malformed_json"), ("{\"a\":\"\\x\"}", "malformed_json"),
        ("{\"a\":\"\\u12g4\"}", "malformed_json"), ("{\"a\":\"\\u12\"}", "malformed_json"),
        ("{\"a\":[1,]}", "malformed_json"), ("{\"a\":[1}", "malformed_json"),
        ("{\"a\":[1}]", "malformed_json"), ("{\\\"a\":1}", "malformed_json"),
        ("{\"a\":1}\u{0}", "malformed_json"), ("{\"a\":1}x", "malformed_json"),
        ("{'a':1}", "malformed_json"), ("{\"a\":1 \"b\":2}", "malformed_json"),
        ("\u{feff}{}", "malformed_json"), ("{\"a\":NaN}", "malformed_json"),
        ("{\"a\":\u{a0}1}", "malformed_json"), (" ", "malformed_json"), ("nul", "malformed_json"),
        ("[]", "wrong_type"), ("\"a\"", "wrong_type"), ("1", "wrong_type"), ("null", "wrong_type"),
        ("true", "wrong_type"), ("[1,2", "malformed_json"), ("1 2", "malformed_json"),
        ("", "empty_payload"),
    ]

    @Test(arguments: broken)
    func `a broken record is a dead letter with its code`(
        _ text: String, _ code: String
    ) throws {
        for path in KernelPath.available {
            let options = EvaluationOptions(kernels: path)
            let result = Engine(try Place.workloadBook(10), options: options).evaluate(text)
            #expect(result.code?.rawValue == code, "\(text): \(result)")
        }
    }

    @Test(arguments: [
        "{}", " { } ", "\t{\r\n}\n", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":-0}", "{\"a\":1E+2}",
        "{\"\":0}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"}",
        "{\"a\":1,\"a\":2}", "{\"a\":1e400}", "{\"a\":\"\u{7f}\"}", "{\"a\":\"é😀\"}",
        "{ \"a\" : [ 1 , 2 , { \"b\" : null } ] }", "{\"a\":\"\\u0022\"}", "{\"a\":\"{[\\\"]}\"}",
    ])
    func `whatever the standard allows is accepted`(_ text: String) throws {
        for path in KernelPath.available {
            let options = EvaluationOptions(kernels: path)
            for engine in try Self.engines(options) {
                #expect(engine.evaluate(text).isAccepted, "\(text): \(engine.evaluate(text))")
            }
        }
    }

    static let invalidUTF8: [[UInt8]] = [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
        [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE],
        [0xC3, 0x28], [0xE2, 0x28, 0xA1], [0xF0, 0x28, 0x8C, 0xBC],
    ]

    @Test(arguments: invalidUTF8)
    func `invalid UTF-8 is a dead letter wherever it stands`(_ bytes: [UInt8]) {
        for path in KernelPath.available {
            let engine = Engine(options: EvaluationOptions(kernels: path))
            for padding in [0, 1, 20, 28, 52, 60, 61, 62, 63, 64, 120] {
                let text = Array("{\"a\":\"".utf8) + [UInt8](repeating: 0x61, count: padding)
                let result = engine.evaluate(text + bytes + Array("\"}".utf8))
                #expect(result.code == .invalidUTF8, "\(bytes) after \(padding): \(result)")
            }
        }
    }

    @Test(arguments: ["é", "€", "😀", "\u{10FFFF}", "\u{D7FF}", "\u{E000}", "\u{800}", "\u{10000}"])
    func `valid UTF-8 is accepted wherever it stands`(_ text: String) {
        for path in KernelPath.available {
            let engine = Engine(options: EvaluationOptions(kernels: path))
            for padding in 0..<130 {
                let filler = String(repeating: "x", count: padding)
                #expect(engine.evaluate("{\"a\":\"\(filler)\(text)\"}").isAccepted)
            }
        }
    }
}
