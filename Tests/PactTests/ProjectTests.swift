import ArkaSystem
import Foundation
import Testing

/// Goal: what the project promises at its top is there and works.
/// Method: the program runs on each of the folders as a newcomer would.
@Suite(.timeLimit(.minutes(3))) struct ProjectTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    // acceptance: S-175
    @Test func `sources, tests, topologies, config and bench are at the top and in use`() throws {
        let manifest = try text("Package.swift")
        for folder in ["Sources", "Tests"] {
            for name in try entries(folder) where name != "Fixtures" {
                #expect(manifest.contains("\"\(name)\""), "\(folder)/\(name) is built")
            }
        }
        for name in try entries("topologies") {
            let check = try PactRun(["topology", "check", "topologies/\(name)"])
            #expect(check.code == 0, "\(check.error)")
        }
        let readme = try text("README.md")
        let targets = try text("Makefile").split(separator: "\n").compactMap {
            $0.contains(": ## ") ? $0.prefix { $0 != ":" } : nil
        }
        for match in readme.matches(of: /\bmake ([a-z]+)/) {
            #expect(targets.contains(match.1), "make \(match.1)")
        }

        // The bench's own messages, packed by another program, and what config says of decisions.
        let run = try PactRun([
            "eval", "bench/workload/rules-10.yaml", "--input", "bench/workload/messages.jsonl.zst",
        ])
        #expect(run.code == 0, "\(run.error)")
        #expect(run.lastLine.hasPrefix("ledger: consumed=20000 decided=20000 "))
        let decisions = try run.decisions()
        #expect(decisions.count == 20_000)
        let schema = try object(Data(text("config/schema/arka.decision-1.schema.json").utf8))
        let required = try #require(schema["required"] as? [String])
        let properties = try #require(schema["properties"] as? [String: Any])
        for decision in decisions.prefix(1000) {
            #expect(required.allSatisfy { decision[$0] != nil })
            #expect(decision.keys.allSatisfy { properties[$0] != nil })
        }
    }

    // acceptance: S-175
    @Test func `a zstd file with a flipped byte is refused after what could be read`() throws {
        let path = "bench/workload/messages.jsonl.zst"
        var bytes = Array(try Data(contentsOf: PactRun.project.appending(path: path)))
        bytes[bytes.count / 2] ^= 0xFF
        let damaged = try directory.write("damaged.jsonl.zst", bytes)
        let run = try PactRun(["eval", "bench/workload/rules-10.yaml", "--input", damaged])
        #expect(run.code == 1)
        #expect(run.error.contains("\(damaged): "))
        #expect(run.error.contains("zstd"))
        #expect(run.lastLine.hasPrefix("ledger: "))
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: PactRun.project.appending(path: path), encoding: .utf8)
    }

    private func entries(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: PactRun.project.appending(path: folder).path
        ).filter { !$0.hasPrefix(".") }
    }

    private func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
