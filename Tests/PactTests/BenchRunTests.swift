import ArkaSystem
import Foundation
import Testing

/// Goal: the harness measures both guarantees, states its conditions and leaves nothing behind.
@Suite(.timeLimit(.minutes(3))) struct BenchRunTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// The project's root, where the scenarios are.
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private var scenario: String {
        Self.project.appending(path: "bench/scenarios/rules-10.yaml").path
    }

    @Test func `on the embedded broker it measures the engine and claims no comparison`() throws {
        let json = directory.file("report.json")
        let run = try PactRun([
            "bench", scenario, "--records", "2000", "--repeats", "1", "--json", json,
        ])
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error.contains("no comparison with the floor"))
        #expect(run.output.contains("2,000 records of 866 bytes, 16 partitions"))
        let report = try #require(FileManager.default.contents(atPath: json))
        let document = try #require(
            try JSONSerialization.jsonObject(with: report) as? [String: Any])
        #expect(document["broker"] as? String == "embedded")
        #expect((document["problems"] as? [String]) == [])
    }

    @Test func `calls are measured without a broker, and every kind has a figure`() throws {
        let json = directory.file("calls.json")
        let run = try PactRun([
            "bench", "calls", "--records", "300", "--repeats", "2", "--json", json,
        ])
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("calls: 512 transactions of"), "whole batches")
        let report = try #require(FileManager.default.contents(atPath: json))
        let document = try #require(
            try JSONSerialization.jsonObject(with: report) as? [String: Any])
        #expect(document["broker"] as? String == "none")
        let calls = try #require(document["calls"] as? [String: Any])
        #expect(calls["transactions"] as? Int == 512 && calls["runs"] as? Int == 2)
        #expect(calls["held"] is Bool && calls["http"] == nil)
        let costs = try #require(calls["costs"] as? [[String: Any]])
        #expect(costs.map { $0["cpu_nanoseconds_max"] as? Double } == [200, nil, 1000, nil, nil])
        #expect(costs.allSatisfy { $0["cpu_nanoseconds"] is Double })
    }

    @Test func `a server that does not answer is named, and nothing is measured of it`() throws {
        let run = try PactRun([
            "bench", "calls", "--records", "256", "--repeats", "1", "--url",
            "http://127.0.0.1:1/nobody",
        ])
        #expect(run.code == 1)
        #expect(run.error.contains("http://127.0.0.1:1/nobody"))
    }

    @Test func `an unknown scenario is refused with those that there are`() throws {
        let run = try PactRun(["bench", "rules-11"])
        #expect(run.code == 1)
        #expect(run.error.contains("no such scenario among rules-10, rules-100, rules-1000"))
    }

    @Test func `mistakes in a scenario are told before anything runs`() throws {
        let text = """
            apiVersion: arka.io/v1
            kind: Scenario
            metadata: {name: s}
            spec: {topology: nowhere.yaml, messages: m, partitons: 3}
            """
        let path = try directory.write("s.yaml", Array(text.utf8))
        let run = try PactRun(["bench", path])
        #expect(run.code == 1)
        #expect(run.error.contains("s.yaml:4:45: error: unknown key 'partitons'"))
        #expect(run.output.isEmpty)
    }

    @Test(arguments: ["--records", "--repeats"])
    func `a number below 1 is a usage error`(option: String) throws {
        #expect(try PactRun(["bench", option, "0"]).code == 2)
    }
}

/// Goal: one command measures throughput on a real broker and states its conditions.
/// Method: a small volume; figures are looked at for their presence, never for their size.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["PACT_BOOTSTRAP"] != nil, "needs a broker"),
    .timeLimit(.minutes(3)))
struct RealBrokerBenchTests {
    let directory: TemporaryDirectory
    private let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    init() throws { directory = try TemporaryDirectory() }

    private func bench(_ more: [String]) throws -> (run: PactRun, report: [String: Any]) {
        let bootstrap = try #require(ProcessInfo.processInfo.environment["PACT_BOOTSTRAP"])
        let json = directory.file("report.json")
        let scenario = project.appending(path: "bench/scenarios/rules-100.yaml").path
        let run = try PactRun(
            [
                "bench", scenario, "--bootstrap", bootstrap, "--records", "20000", "--repeats", "1",
                "--json", json, "--html", directory.file("report.html"),
            ] + more)
        let data = try #require(FileManager.default.contents(atPath: json), "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (run, try #require(document))
    }

    // acceptance: S-174
    @Test func `one command measures both guarantees and states its conditions`() throws {
        let floor = project.appending(path: ".build/floor/floor").path
        let hasFloor = FileManager.default.isExecutableFile(atPath: floor)
        let (run, report) = try bench(hasFloor ? ["--floor", floor] : [])
        #expect(run.code == 0, "\(run.error)\(run.output)")
        #expect(report["problems"] as? [String] == [])
        let machine = try #require(report["machine"] as? [String: Any])
        #expect((machine["cores"] as? Int ?? 0) > 0)
        let versions = try #require(report["versions"] as? [String: String])
        #expect(versions["pact"] != nil && versions["librdkafka"] != nil)
        let scenario = try #require((report["scenarios"] as? [[String: Any]])?.first)
        let results = try #require(scenario["results"] as? [[String: Any]])
        #expect(
            results.compactMap { $0["guarantee"] as? String } == ["at_least_once", "exactly_once"])
        for result in results {
            let engine = try #require(result["engine"] as? [String: Any])
            #expect((engine["cpu_microseconds_per_record"] as? Double ?? 0) > 0)
            #expect((engine["records_per_second"] as? Double ?? 0) > 0)
            let settings = try #require(engine["settings"] as? [String: String])
            #expect(settings["producer.acks"] == "-1")
            #expect(settings["producer.compression.codec"] == "none")
            #expect((result["floor"] is NSNull) != hasFloor)
        }
        #expect(run.output.contains("settings of every run: lanes="))
        let html = FileManager.default.contents(atPath: directory.file("report.html"))
        #expect(html?.starts(with: Data("<!doctype html>".utf8)) == true)
    }

    @Test func `a passthrough that ran with other settings makes the bench fail`() throws {
        // Says the right counts, and a linger that nobody asked for.
        let script = """
            #!/bin/sh
            echo '{"records":20000,"commits":1,"wall_seconds":1,"settings":{"lanes":1,'
            echo '"producer":{"linger.ms":"77"}}}'
            """
        let path = try directory.write("floor", Array(script.utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let (run, report) = try bench(["--floor", path])
        #expect(run.code == 1)
        let problems = try #require(report["problems"] as? [String])
        #expect(
            problems.contains { $0.hasSuffix("producer.linger.ms differs: engine 5, floor 77") })
    }
}
