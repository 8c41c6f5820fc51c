import ArkaCommandLine
import ArkaEngine
import ArkaSystem
import Foundation
import PactPlugins
import Testing
import WatchedPlugin

@testable import PactProgram

/// `pact audit verify` as a user runs it, and the trail that `pact eval` writes.
@Suite(.timeLimit(.minutes(2))) struct AuditCommandTests {
    private static let sample = "docs/guide/audit.jsonl"
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func lines() throws -> [String] {
        let file = PactRun.project.appending(path: Self.sample)
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func verify(_ lines: [String], _ more: [String] = []) throws -> PactRun {
        try PactRun(
            ["audit", "verify", "-"] + more, input: lines.map { $0 + "\n" }.joined())
    }

    @Test func `a trail that is whole ends with 0 and says what it holds`() throws {
        let run = try PactRun(["audit", "verify", Self.sample])
        #expect(run.code == 0 && run.output == "3 records in 1 chain: whole\n" && run.error.isEmpty)
    }

    @Test func `each kind of harm ends with 1 and is named with its place`() throws {
        let lines = try lines()
        let harms: [([String], String)] = [
            (
                [lines[0], lines[1].replacing("no_match", with: "match"), lines[2]],
                "standard input:2: chain payments/3, seq 2: "
            ),
            (
                [lines[0], lines[2]],
                "standard input:2: chain payments/3, seq 3: before it record 2 is missing"
            ),
            ([lines[0], lines[2], lines[1]], "standard input:3: chain payments/3, seq 2: "),
            ([lines[0], lines[0], lines[1], lines[2]], "[ARKA-AUDIT-0004]"),
            (["{}"] + lines, "standard input:1: "),
            (Array(lines.dropFirst()), "[ARKA-AUDIT-0006]"),
        ]
        for (harmed, words) in harms {
            let run = try verify(harmed)
            #expect(run.code == 1 && run.error.contains(words), "\(run.error)")
        }
        #expect(try verify(Array(lines.dropFirst()), ["--expired"]).code == 0)
    }

    @Test func `a kept head finds an end that was cut off, and JSON says it all`() throws {
        let heads = directory.file("heads.json")
        #expect(try verify(try lines(), ["--write-head", heads]).code == 0)
        #expect(try verify(try lines(), ["--head", heads]).code == 0)
        let run = try verify(Array(try lines().dropLast()), ["--head", heads, "--json"])
        #expect(run.code == 1)
        let value = try PluginValue(json: run.output.utf8)
        #expect(value["holds"] == false && value["records"] == 2 && value["problems"] == 1)
        #expect(value["findings"]?[0]?["kind"] == "truncated")
        #expect(value["chains"]?[0]?["last"] == 2)
    }

    @Test func `heads of a trail that is not whole are not kept`() throws {
        let heads = directory.file("heads.json")
        #expect(try verify(Array(try lines().dropFirst()), ["--write-head", heads]).code == 1)
        #expect(!FileManager.default.fileExists(atPath: heads))
    }

    @Test func `what cannot be read is an error, and both or no source a usage error`() throws {
        #expect(try PactRun(["audit", "verify"]).code == 2)
        #expect(try PactRun(["audit", "verify", "a", "--topology", "b"]).code == 2)
        #expect(try PactRun(["audit", "verify", "/no/such/file"]).code == 1)
        let bad = try directory.write("heads.json", Array("{}".utf8))
        let run = try verify(try lines(), ["--head", bad])
        #expect(run.code == 1 && run.error.contains("ARKA-AUDIT-0009"))
    }

    @Test func `eval writes a chain that holds, in the order of the lines, and the same each time`()
        async throws
    {
        let input = (0..<300).map { "{\"id\":\"t\($0)\",\"word\":\"w\($0)\"}\n" }.joined()
        let path = try directory.write("in.jsonl", Array(input.utf8))
        let trail = directory.file("audit.jsonl")
        #expect(try await evaluate(path, audit: trail) == 0)
        let verified = try PactRun(["audit", "verify", trail])
        #expect(verified.code == 0 && verified.output == "300 records in 1 chain: whole\n")
        let text = try String(contentsOfFile: trail, encoding: .utf8)
        let records = try text.split(separator: "\n").map { try PluginValue(json: $0.utf8) }
        #expect(records.map { $0["transaction_id"]?.text } == (0..<300).map { "t\($0)" })
        #expect(records[41]["decision_id"]?.text == "\(path)/42")
        #expect(records.allSatisfy { $0["chain"] == "file" && $0["late"] == nil })
        let decisions = try String(contentsOfFile: directory.file("out.jsonl"), encoding: .utf8)
        #expect(decisions.contains("\"decision_id\":\"\(path)/42\""))
        #expect(try await evaluate(path, audit: nil) == 0, "dropped, with a warning")
        await #expect(throws: UsageError.self) { try await evaluate(path, audit: path) }
    }

    private func evaluate(_ input: String, audit: String?) async throws -> Int32 {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins: [{plugin: own/logging}]
            """
        let rule = """
            rule polite {
                when { plugin.logging.check(word: transaction.word).match == true }
                then { reject(reason: "polite") }
            }
            """
        _ = try directory.write("a.pact", Array(rule.utf8))
        let topology = try directory.write("t.yaml", Array(document.utf8))
        let output = directory.file("out.jsonl")
        let signals = try SignalSwitch()
        let registry = PluginRegistry().linking(LoggingPlugin.self, namespace: "own")
        return try await onThread {
            try evaluateFile(
                .init(
                    topology: topology, input: input, output: output, deadLetters: nil,
                    audit: audit, config: nil, overrides: [], isDeterministic: true), signals,
                registry)
        }
    }

    @Test func `a topology without an audit topic is told so`() throws {
        let run = try PactRun(["audit", "verify", "--topology", "topologies/card-payments"])
        #expect(run.code == 1 && run.error.contains("[ARKA-AUDIT-0010]"))
    }
}

private struct LoggingPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "logging", version: "1.0.0", description: "Says what it does")
    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Check a word") {
            Parameter("word", String.self)
            Context()
        } answer: { word, context in
            try await services.audit.log(
                action: "data_access", resource: "list",
                details: ["word": .personal(.string(word))],
                context: context)
            return DataSourceResult(data: ["match": false])
        }
    }
}
