import Foundation
import Testing

@testable import PactProgram

@Suite struct BenchReportTests {
    @Test(
        arguments: [
            (1.5, 2, "1.50"), (0.005, 2, "0.01"), (-0.25, 1, "-0.3"), (12.4, 0, "12"),
            (1_234.5678, 3, "1234.568"), (.infinity, 2, "–"), (.nan, 0, "–"), (1e300, 2, "–"),
        ] as [(Double, Int, String)])
    func `numbers are written with fixed decimals`(value: Double, places: Int, text: String) {
        #expect(fixedText(value, places) == text)
    }

    @Test func `the table says conditions, figures, bounds and settings`() {
        let lines = BenchTable(report: BenchSamples.report()).lines
        let expected = """
            machine: Abacus <9>, 2 cores, Linux 6.1
            versions: pact 0.1.0, librdkafka 2.0.2; broker: 1 broker
            rules-7: 7 rules, 1,000 records of 865 bytes, 16 partitions, median of 3

            scenario  guarantee     engine µs/record  floor µs/record  ratio    (range)  engine records/s  floor records/s  ratio
            rules-7   exactly_once              4.00             2.00   2.00  1.50…2.00           100,000          200,000   0.50

            rules-7: CPU ratio ≤ 1.80: NOT held
            settings of every run: lanes=2 producer.linger.ms=5
            """
        #expect(lines.joined(separator: "\n") == expected)
    }

    @Test func `the table says what calls cost, and which bound is not held`() {
        var costs = CallCosts(
            transactions: 40_960, runs: 9, recordBytes: 821, withoutCalls: 291.4,
            rows: [
                .init(name: "kept", nanoseconds: 158.6, nanosecondsMax: 200),
                .init(name: "asked", nanoseconds: 1_200, nanosecondsMax: 1000),
                .init(name: "waited for", nanoseconds: 3_000, nanosecondsMax: nil),
            ])
        #expect(!costs.isHeld)
        let server = HTTPCosts(
            url: "http://h/", concurrency: 64,
            engine: .init(name: "libcurl", requests: 1_000, cpuTime: .milliseconds(20)))
        costs.http = server
        #expect(
            CallTable(costs: costs).lines.joined(separator: "\n") == """
                calls: 40,960 transactions of 821 bytes, a call for each, median of 9; 291 ns of CPU each without calls
                  159 ns of CPU: kept; ≤ 200 ns: held
                  1200 ns of CPU: asked; ≤ 1000 ns: NOT held
                  3000 ns of CPU: waited for
                HTTP calls of http://h/, 64 at a time:
                  50,000 calls per CPU second: libcurl (1,000 calls)
                  wrk is not installed
                """)
        costs.http?.wrk = .init(name: "wrk", requests: 900, cpuTime: .milliseconds(10))
        #expect(
            CallTable(costs: costs).lines.last == "  90,000 calls per CPU second: wrk (900 calls)")
        var report = BenchSamples.report(ratioMax: 9)
        #expect(report.holdsAllBounds)
        report.calls = costs
        #expect(!report.holdsAllBounds)
        #expect(BenchTable(report: report).lines.contains { $0.hasPrefix("  1200 ns of CPU") })
    }

    @Test func `the number of requests is found in what wrk prints`() {
        let text = """
            Running 2s test @ http://127.0.0.1:8080/
              1 threads and 64 connections
              123456 requests in 2.00s, 30.01MB read
            Requests/sec:  61728.00
            """
        #expect(requestCount(inWrk: text) == 123_456)
        #expect(requestCount(inWrk: "unable to connect") == nil)
    }

    @Test func `settings that differ are shown beside their run, problems last`() {
        var report = BenchSamples.report(ratioMax: nil, problems: ["something differs"])
        report.scenarios[0].results[0].floorSettings = BenchSamples.settings("50")
        let lines = BenchTable(report: report).lines
        #expect(
            lines.suffix(4) == [
                "settings of every run: lanes=2",
                "settings of rules-7 exactly_once, engine: producer.linger.ms=5",
                "settings of rules-7 exactly_once, floor: producer.linger.ms=50",
                "problem: something differs",
            ])
    }

    @Test func `the JSON holds every figure and every run`() throws {
        let data = Data(BenchSamples.report(problems: ["a \"problem\""]).json)
        let document = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(document["schema"] as? String == "arka.bench/1")
        #expect(document["problems"] as? [String] == ["a \"problem\""])
        let machine = try #require(document["machine"] as? [String: Any])
        #expect(machine["processor"] as? String == "Abacus <9>" && machine["cores"] as? Int == 2)
        let scenario = try #require((document["scenarios"] as? [[String: Any]])?.first)
        #expect(scenario["ratio_max"] as? Double == 1.8 && scenario["held"] as? Bool == false)
        let result = try #require((scenario["results"] as? [[String: Any]])?.first)
        #expect(result["guarantee"] as? String == "exactly_once")
        #expect(result["cpu_ratio"] as? Double == 2 && result["speed_ratio"] as? Double == 0.5)
        let engine = try #require(result["engine"] as? [String: Any])
        #expect(engine["cpu_microseconds_per_record"] as? Double == 4)
        #expect((engine["settings"] as? [String: String])?["producer.linger.ms"] == "5")
        let runs = try #require(engine["runs"] as? [[String: Any]])
        #expect(runs.compactMap { $0["cpu_user_seconds"] as? Double } == [0.002, 0.007, 0.003])
        #expect((result["floor"] as? [String: Any])?["records_per_commit"] as? Double == 250)
    }

    @Test func `a side that did not run is null in the JSON`() throws {
        var report = BenchSamples.report()
        report.scenarios[0].results[0].floor = []
        let text = String(decoding: report.json, as: UTF8.self)
        #expect(text.contains(#""floor":null"#))
        #expect(!text.contains("cpu_ratio"))
    }

    @Test func `the page shows figures and settings and fetches nothing`() {
        let html = BenchPage(report: BenchSamples.report(problems: ["x < y"])).html
        for part in [
            "<td>rules-7</td>", "<td>4.00</td>", "<td>producer.linger.ms</td>", "x &lt; y",
            "Abacus &lt;9&gt;", "not held", "<svg", "</html>",
        ] {
            #expect(html.contains(part), "\(part)")
        }
        for part in ["http", "src=", "<script", "<link", "Abacus <9>"] {
            #expect(!html.contains(part), "\(part)")
        }
    }

    @Test func `bars are as long as their values, and the longest fills the chart`() {
        let chart = BarChart(
            title: "t & u",
            groups: [
                .init(name: "one", values: [4, 2]), .init(name: "<two>", values: [1, nil]),
            ], decimals: 1)
        let svg = chart.svg
        #expect(svg.contains("<title>t &amp; u</title>") && svg.contains("&lt;two&gt;"))
        let widths = svg.matches(of: /class="(engine|floor)"[^>]* width="(\d+)"/)
            .map { "\($0.1) \($0.2)" }
        #expect(widths == ["engine 380", "floor 190", "engine 95"])
        #expect(svg.contains(">4.0 engine<") && svg.contains(">2.0 floor<"))
    }

    @Test func `a chart of nothing is still a picture`() {
        #expect(BarChart(title: "t", groups: [], decimals: 0).svg.hasPrefix("<svg"))
        let zero = BarChart(title: "t", groups: [.init(name: "n", values: [0])], decimals: 0)
        #expect(zero.svg.contains("width=\"0\""))
    }
}
