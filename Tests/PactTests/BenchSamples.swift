import ArkaConfig

@testable import PactProgram

/// Figures as a bench would have measured them: round, so that results can be seen by eye.
enum BenchSamples {
    /// 1,000 records in `cpu` milliseconds of CPU time and `active` milliseconds.
    static func run(cpu: Int, active: Int) -> SideRun {
        SideRun(
            records: 1_000, commits: 4, bytesOut: 330_000, userTime: .milliseconds(cpu - 1),
            systemTime: .milliseconds(1), activeTime: .milliseconds(active),
            wholeTime: .milliseconds(active * 2))
    }

    static func settings(_ linger: String) -> SideSettings {
        var settings = SideSettings()
        settings["lanes"] = "2"
        settings["producer.linger.ms"] = linger
        return settings
    }

    /// The engine takes 3, 4 and 8 µs, the passthrough 2, 2 and 5.
    static var figures: GuaranteeFigures {
        var figures = GuaranteeFigures(.exactlyOnce)
        figures.engine = [run(cpu: 3, active: 10), run(cpu: 8, active: 8), run(cpu: 4, active: 20)]
        figures.floor = [run(cpu: 2, active: 5), run(cpu: 5, active: 4), run(cpu: 2, active: 10)]
        figures.engineSettings = settings("5")
        figures.floorSettings = settings("5")
        return figures
    }

    static func report(ratioMax: Double? = 1.8, problems: [String] = []) -> BenchReport {
        var scenario = ScenarioFigures(
            name: "rules-7", records: 1_000, partitions: 16, messageBytes: 865.4, rules: 7,
            ratioMax: ratioMax)
        scenario.results = [figures]
        scenario.problems = problems
        var report = BenchReport(
            machine: BenchMachine(processor: "Abacus <9>", cores: 2, kernel: "6.1"),
            versions: [("pact", "0.1.0"), ("librdkafka", "2.0.2")], broker: "1 broker",
            isEmbedded: false, startedMilliseconds: 1_700_000_000_000)
        report.scenarios = [scenario]
        return report
    }
}
