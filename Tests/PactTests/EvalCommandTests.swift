import ArkaSystem
import CZstd
import Foundation
import Testing

/// `pact eval` as a user runs it, on the topology of the project.
@Suite(.timeLimit(.minutes(2))) struct EvalCommandTests {
    private static let topology = "topologies/card-payments"
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    // acceptance: S-06
    @Test func `each line has its decision, in order, and rules fire where they should`() throws {
        let amounts = ["12.50", "220", "220.01", "1000", "0.05", "0", "-3"]
        let text = amounts.enumerated().map { record("t\($0)", amount: $1) }.joined()
        let run = try eval(["--input", "-", "--output", "-"], input: text)
        #expect(run.code == 0, "\(run.error)")
        let decisions = try run.decisions()
        #expect(decisions.map { $0["transaction_id"] as? String } == (0..<7).map { "t\($0)" })
        let statuses = decisions.map { $0["status"] as? String }
        let expected = [
            "compliant", "compliant", "flagged", "manual_review", "flagged", "rejected", "rejected",
        ]
        #expect(statuses == expected)
        #expect(decisions[2].rules == ["amount_over_220"])
        #expect(decisions[3].rules == ["amount_over_220", "exceptional_payment"])
        #expect(decisions[0].rules == [])
        #expect(decisions[4]["decision_id"] as? String == "stdin/5")
        let counts = "decisions: compliant=2 flagged=2 manual_review=1 rejected=2"
        #expect(run.error.contains(counts))
        #expect(
            run.lastLine
                == "ledger: consumed=7 decided=7 dead_lettered=0 skipped=0 returned=0")
    }

    @Test func `lines that cannot be decided are named, and the others are decided`() throws {
        let lines = [record("a"), "\n", "null\n", "{\"id\": \n", record("b")].joined()
        let path = try directory.write("in.jsonl", Array(lines.utf8))
        let run = try eval(["--input", path])
        #expect(run.code == 0)
        #expect(try run.decisions().map { $0["transaction_id"] as? String } == ["a", "b"])
        #expect(run.error.contains("\(path):2: empty_payload $ "))
        #expect(run.error.contains("\(path):3: wrong_type $ "))
        #expect(run.error.contains("\(path):4: malformed_json $"))
        #expect(
            run.lastLine
                == "ledger: consumed=5 decided=2 dead_lettered=3 skipped=0 returned=0")
    }

    @Test func `dead letters go to a file with their original bytes`() throws {
        let letters = directory.file("letters.jsonl")
        let run = try eval(["-i", "-", "--dead-letters", letters], input: "{\"id\":1\n")
        #expect(run.code == 0)
        #expect(!run.error.contains("malformed_json $"))
        let data = try #require(FileManager.default.contents(atPath: letters))
        let letter = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(letter["payload"] as? String == "{\"id\":1")
        #expect(letter["code"] as? String == "malformed_json")
        #expect(letter["line"] as? Int == 1)
    }

    @Test func `a zstd file is decided as the plain one; a truncated one as far as it goes`() throws
    {
        let text = Array((0..<1000).map { record("t\($0)") }.joined().utf8)
        let packed = compress(text)
        let plain = try directory.write("r.jsonl", text)
        let zstd = try directory.write("r.jsonl.zst", packed)
        let cut = try directory.write("cut.jsonl.zst", Array(packed.dropLast(10)))
        let options = ["--deterministic"]
        let fromPlain = try eval(["--input", plain] + options)
        let fromZstd = try eval(["--input", zstd] + options)
        #expect(fromZstd.code == 0)
        #expect(
            fromPlain.output.replacing(plain, with: "") == fromZstd.output.replacing(zstd, with: "")
        )
        let fromCut = try eval(["--input", cut] + options)
        #expect(fromCut.code == 1)
        #expect(fromCut.error.contains("ends in the middle of a zstd frame [ARKA-SYS-0007]"))
    }

    @Test func `deterministic runs give the same bytes`() throws {
        let text = (0..<600).map { record("t\($0)", amount: "\($0)") }.joined()
        let runs = try (0..<2).map { _ in
            try eval(["--input", "-", "--deterministic"], input: text)
        }
        #expect(runs[0].output == runs[1].output)
        let first = try #require(try runs[0].decisions().first)
        let time = "2026-03-01T10:00:00"
        #expect((first["event_time"] as? String)?.hasPrefix(time) == true)
        #expect((first["evaluated_at"] as? String)?.hasPrefix(time) == true)
        #expect(runs[0].output.split(separator: "\n").count == 600)
    }

    @Test func `an output that cannot be written gives its records back and ends with 1`() throws {
        let run = try eval(["--input", "-", "--output", "/dev/full"], input: record("a"))
        #expect(run.code == 1)
        #expect(run.error.contains("No space left on device [ARKA-SYS-0003]"))
        #expect(
            run.lastLine
                == "ledger: consumed=1 decided=0 dead_lettered=0 skipped=0 returned=1")
    }

    @Test func `an empty file is decided, too`() throws {
        let run = try eval(["--input", "-"])
        #expect(run.code == 0)
        #expect(run.output.isEmpty)
        #expect(
            run.lastLine
                == "ledger: consumed=0 decided=0 dead_lettered=0 skipped=0 returned=0")
    }

    @Test func `a topology with errors decides nothing and creates no output`() throws {
        let output = directory.file("out")
        let run = try eval(["-i", "-", "-o", output, "--set", "rulez.x=1"], input: record("a"))
        #expect(run.code == 1)
        #expect(run.error.contains("did you mean 'rules'?"))
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func `warnings beyond a handful are counted, and rules check prints them all`() throws {
        func topology(rules: Int) throws -> String {
            let document = """
                apiVersion: arka.io/v1
                kind: Topology
                metadata: {name: t}
                spec:
                  source: {topic: in, group: g}
                  rules: {files: [a.pact], on_unknown: review}
                  decisions: {topic: out}
                """
            let text = (1...rules).map {
                "rule r\($0) { when { transaction.amount > \($0) } then { } }\n"
            }
            _ = try directory.write("a.pact", Array(text.joined().utf8))
            return try directory.write("t.yaml", Array(document.utf8))
        }
        let few = try PactRun(["eval", try topology(rules: 4), "-i", "-"], input: "{}\n")
        #expect(few.code == 0, "\(few.error)")
        #expect(few.error.split(separator: "does nothing when it fires").count == 5, "\(few.error)")

        let path = try topology(rules: 5)
        let many = try PactRun(["eval", path, "-i", "-"], input: "{}\n")
        #expect(many.code == 0 && !many.error.contains("does nothing"))
        #expect(
            many.error.contains("\(path): 6 warnings; `pact rules check \(path)` prints them\n"))
        let checked = try PactRun(["rules", "check", path, "--json"])
        #expect(checked.output.split(separator: "does nothing when it fires").count == 6)
        // One error, and all of it is printed: nothing else comes after it.
        let broken = try PactRun(
            ["eval", path, "-i", "-", "--set", "rules.on_unknown=perhaps"], input: "{}\n")
        #expect(broken.code == 1 && broken.error.contains("does nothing"), "\(broken.error)")
    }

    /// Whether the second signal still finds the program is a race with the end of the lines under
    /// way; what must not happen is that it goes on, or ends in any other way.
    @Test func `one interrupt waits for the lines under way, two end at once`() throws {
        let process = Process()
        process.executableURL = PactRun.program
        process.currentDirectoryURL = PactRun.project
        process.arguments = ["eval", Self.topology, "--input", "-"]
        let (input, output, error) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = error
        try process.run()
        // A whole batch is decided at once, so its first decision shows that the signals are heard.
        let batch = (0..<256).map { record("t\($0)") }.joined()
        input.fileHandleForWriting.write(Data(batch.utf8))
        #expect(!output.fileHandleForReading.availableData.isEmpty)
        kill(process.processIdentifier, SIGINT)
        #expect(
            String(decoding: error.fileHandleForReading.availableData, as: UTF8.self)
                .contains("SIGINT: finishing the lines read so far"))
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect([0, 130].contains(process.terminationStatus))
        withExtendedLifetime(input) {}
    }

    private func eval(_ options: [String], input: String = "") throws -> PactRun {
        try PactRun(["eval", Self.topology] + options, input: input)
    }

    private func record(_ id: String, amount: String = "1") -> String {
        #"{"id":"\#(id)","timestamp":"2026-03-01T10:00:00Z","customer":{"id":"c"},"#
            + #""terminal":{"id":"t"},"amount":\#(amount)}"# + "\n"
    }

    private func compress(_ text: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
        let count = ZSTD_compress(&bytes, bytes.count, text, text.count, 3)
        return Array(bytes[..<count])
    }
}

extension PactRun {
    /// Standard output as one object per line.
    func decisions() throws -> [[String: Any]] {
        try output.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(object as? [String: Any])
        }
    }
}

extension [String: Any] {
    /// The rules that a decision names, each once, in order.
    fileprivate var rules: [String] {
        let actions = self["actions"] as? [[String: Any]] ?? []
        return actions.compactMap { $0["rule"] as? String }
    }
}
