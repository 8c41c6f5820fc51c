import ArkaConfig
import ArkaKafka
import ArkaSystem

/// Runs the passthrough with the settings that the engine told.
struct FloorSide {
    /// The passthrough's program.
    let program: String
    let scenario: ScenarioSpec
    let cluster: BenchCluster
    let runner: ChildRunner

    /// The topics of a run.
    struct Route {
        let guarantee: DeliveryGuarantee
        let source: String
        let output: String
    }

    /// One run over a whole source topic.
    /// - Parameters:
    ///   - name: Names the run's group and files.
    ///   - engine: What the engine ran with; everything of it is handed over.
    /// - Throws: `SystemError`.
    func run(
        _ name: String, _ route: Route, like engine: SideSettings
    ) throws(SystemError) -> SideResult {
        let result = try runner.run(name, program, arguments(name, route, engine))
        let report = SideReport(result.output, name: name)
        let settings = settings(report)
        var problems = engine.differences(from: settings, own: "engine", other: "floor")
            .map { "\(name): \($0)" }
        let records = report.integer("records")
        if records != scenario.records {
            problems.append("\(name): \(records) of \(scenario.records) records were passed")
        }
        return SideResult(run: measured(report, result), settings: settings, problems: problems)
    }

    private func arguments(
        _ name: String, _ route: Route, _ engine: SideSettings
    ) -> [String] {
        var words = [
            "--bootstrap", cluster.connection.bootstrap.joined(separator: ","),
            "--source", route.source, "--output", route.output, "--group", name,
            "--guarantee", route.guarantee.rawValue, "--until-end",
            "--lanes", engine["lanes"] ?? "", "--size", engine["record_bytes_out"] ?? "",
            "--commit-records", engine["commit_records"] ?? "",
            "--commit-ms", "\(BenchLimits.floorCommitMilliseconds)",
        ]
        for entry in engine.entries
        where entry.name.hasPrefix("consumer.") || entry.name.hasPrefix("producer.") {
            words += ["-X", "\(entry.name)=\(entry.value)"]
        }
        return words
    }

    private func measured(_ report: SideReport, _ result: ChildRunner.Result) -> SideRun {
        let records = report.integer("records")
        return SideRun(
            records: records, commits: report.integer("commits"),
            bytesOut: records * report.integer("settings", "record_bytes_out"),
            userTime: result.ended.userTime, systemTime: result.ended.systemTime,
            activeTime: report.seconds("wall_seconds"), wholeTime: result.wholeTime)
    }

    /// What it says it ran with. Its commits by time are for the last records only.
    private func settings(_ report: SideReport) -> SideSettings {
        var settings = SideSettings()
        for (name, value) in report.scalars("settings") where name != "commit_ms" {
            settings[name] = value
        }
        for side in ["consumer", "producer"] {
            for (name, value) in report.scalars("settings", side) {
                settings["\(side).\(name)"] = value
            }
        }
        return settings
    }
}
