import ArkaEngine
import ArkaModel
import ArkaPipeline
import ArkaStream
import ArkaSystem
import Foundation
import Testing

@Suite struct FileEvaluationTests {
    let directory: TemporaryDirectory
    let letters = DeadLetterSummary()

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [0, 1, 255, 256, 257, 1000])
    func `there is one decision per line, in order, also in the last, partial batch`(count: Int)
        throws
    {
        let lines = (0..<count).map { "line \($0)" }
        let evaluation = try evaluation(of: lines.map { $0 + "\n" }.joined(), EchoDecider())
        try evaluation.run { true }
        #expect(try output() == lines.map { $0 + "\n" }.joined())
        #expect(evaluation.ledger == Ledger(consumed: count, decided: count))
        #expect(evaluation.ledger.difference == 0)
    }

    @Test func `lines that cannot be decided are kept with their place, and the others go on`()
        throws
    {
        let evaluation = try evaluation(of: "a\n\nnull\nb", EchoDecider())
        try evaluation.run { true }
        #expect(try output() == "a\nb\n")
        #expect(evaluation.ledger == Ledger(consumed: 4, decided: 2, deadLettered: 2))
        let input = directory.file("in")
        let expected = [
            "\(input):2: empty_payload $ no bytes", "\(input):3: wrong_type $ not an object",
            "dead letters: empty_payload=1 wrong_type=1",
        ]
        #expect(letters.lines == expected)
    }

    @Test func `only the first dead letters are shown one by one`() throws {
        let text = String(repeating: "\n", count: 300)
        let evaluation = try evaluation(of: text, EchoDecider())
        try evaluation.run { true }
        #expect(letters.lines.count == EngineLimits.deadLettersShown + 2)
        #expect(letters.lines.contains("… and 290 more"))
        #expect(letters.lines.last == "dead letters: empty_payload=300")
    }

    @Test func `a row whose outcome is lost is a difference in the ledger`() throws {
        let evaluation = try evaluation(of: "a\nb\nc\n", EchoDecider(dropsLast: true))
        try evaluation.run { true }
        #expect(evaluation.ledger == Ledger(consumed: 3, decided: 2))
        #expect(evaluation.ledger.difference == 1)
    }

    @Test func `rows whose output failed are returned, not decided`() throws {
        let input = try directory.write("in", Array("a\nb\n".utf8))
        let evaluation = FileEvaluation(
            input: try LineReader(path: input), output: try FileWriter(path: "/dev/full"),
            deadLetters: letters, decider: EchoDecider())
        let error = #expect(throws: SystemError.self) { try evaluation.run { true } }
        #expect(error?.code == .cannotWriteFile)
        #expect(evaluation.ledger == Ledger(consumed: 2, returned: 2))
    }

    @Test func `what stood before an input error is decided`() throws {
        let input = try directory.write("in", Array("a\nb\ntoo long\nc\n".utf8))
        let evaluation = FileEvaluation(
            input: try LineReader(path: input, lineLimit: 3),
            output: try FileWriter(path: directory.file("out")), deadLetters: letters,
            decider: EchoDecider())
        let error = #expect(throws: SystemError.self) { try evaluation.run { true } }
        #expect(error?.code == .lineTooLong)
        #expect(try output() == "a\nb\n")
        #expect(evaluation.ledger == Ledger(consumed: 2, decided: 2))
    }

    @Test func `a stop ends after a whole batch`() throws {
        let text = String(repeating: "x\n", count: 1000)
        let evaluation = try evaluation(of: text, EchoDecider())
        try evaluation.run { false }
        #expect(evaluation.ledger == Ledger(consumed: 256, decided: 256))
        #expect(try output() == String(repeating: "x\n", count: 256))
    }

    @Test func `a dead letter file has the place, the reason and the original bytes`() throws {
        let path = directory.file("letters")
        let file = DeadLetterFile(try FileWriter(path: path))
        let large = [UInt8](repeating: UInt8(ascii: "z"), count: 70_000)
        let payloads: [[UInt8]] = [Array("{\"a\"".utf8), [0xFF, 0x00], large]
        for (index, payload) in payloads.enumerated() {
            let reason = DeadLetterReason(.malformedJSON, path: "$", reason: "why \"so\"")
            try file.add(letter(line: index + 1, reason, payload))
        }
        try file.flush()
        let lines = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
            .split(separator: "\n")
        let place = #""file":"f","line":1,"code":"malformed_json","path":"$","reason":"why \"so\"""#
        #expect(
            lines[0] == "{\"schema\":\"arka.dead_letter/1\",\(place),\"payload\":\"{\\\"a\\\"\"}")
        #expect(lines[1].hasSuffix(",\"payload_hex\":\"ff00\"}"))
        #expect(lines[2].contains("\"payload_truncated\":true,\"payload_bytes\":70000"))
        #expect(lines[2].contains(hexadecimal(SHA256.digest(of: large))))
        #expect(lines[2].utf8.count < 66_000)
    }

    private func letter(line: Int, _ reason: DeadLetterReason, _ payload: [UInt8])
        -> OfflineDeadLetter
    { OfflineDeadLetter(file: "f", line: Int64(line), reason: reason, payload: payload) }

    private func evaluation(of text: String, _ decider: EchoDecider) throws -> FileEvaluation {
        let input = try directory.write("in", Array(text.utf8))
        return FileEvaluation(
            input: try LineReader(path: input),
            output: try FileWriter(path: directory.file("out")), deadLetters: letters,
            decider: decider)
    }

    private func output() throws -> String {
        String(decoding: try readFile(directory.file("out"), limit: 1 << 20), as: UTF8.self)
    }
}

/// Decides each row by writing its payload; empty ones and `null` are dead letters.
final class EchoDecider: BatchDecider {
    private let dropsLast: Bool

    init(dropsLast: Bool = false) { self.dropsLast = dropsLast }

    func decide(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        for row in batch.rows {
            let payload = batch.bytes(of: row.payload) ?? []
            if payload.isEmpty {
                batch.setAside(DeadLetterReason(.emptyPayload, path: "$", reason: "no bytes"))
            } else if payload == Array("null".utf8) {
                batch.setAside(DeadLetterReason(.wrongType, path: "$", reason: "not an object"))
            } else {
                let start = batch.output.count
                batch.output.reserve(payload.count).copyMemory(
                    from: payload, byteCount: payload.count)
                batch.output.commit(payload.count)
                batch.outcomes.append(.decided(.compliant, start: start, count: payload.count))
            }
        }
        if dropsLast { batch.outcomes.removeLast() }
    }
}
