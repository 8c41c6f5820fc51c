import ArkaConfig
import ArkaKafka
import ArkaSystem

/// What came of one run of a side.
struct SideResult {
    let run: SideRun
    let settings: SideSettings
    /// Why its figures are not worth comparing, if they are not.
    let problems: [String]
}

/// Runs the engine: this program again, as `pact run`.
struct EngineSide {
    let scenario: ScenarioSpec
    let cluster: BenchCluster
    let runner: ChildRunner

    /// One run over a whole source topic.
    /// - Parameters:
    ///   - name: Names the run's group, its files and its data directory.
    ///   - environment: The run's topics, as ``benchEnvironment`` has them.
    /// - Throws: `SystemError`.
    func run(_ name: String, environment: [String: String]) throws(SystemError) -> SideResult {
        let document = "\(runner.directory)/\(name).yaml"
        let file = try FileWriter(path: document)
        try file.write(engineDocument(dataDirectory: "\(runner.directory)/\(name).data"))
        try file.close()
        let summary = "\(runner.directory)/\(name).json"
        let words = [
            "run", scenario.topology, "--config", document, "--until-caught-up", "--summary",
            summary,
        ]
        let result = try runner.run(name, programPath, words, environment: environment)
        let bytes = try readFile(summary, limit: BenchLimits.childOutputBytesMax)
        let report = SideReport(bytes, name: summary)
        let run = measured(report, result)
        return SideResult(
            run: run, settings: settings(report, run), problems: problems(report, name))
    }

    /// Lanes and compression as the scenario has them, no admin port, no log below a warning.
    private func engineDocument(dataDirectory: String) -> String {
        var properties = "compression.codec: \(scenario.compression.rawValue)"
        if cluster.isEmbedded {
            // It sits out the whole wait of an empty fetch, and tells news of a group with a heartbeat.
            properties += ", fetch.wait.max.ms: 10, heartbeat.interval.ms: 500"
        }
        return """
            apiVersion: arka.io/v1
            kind: Engine
            metadata: {name: bench}
            spec:
              data_dir: '\(dataDirectory)'
              lanes: \(scenario.lanes ?? availableCores())
              admin: {port: 0}
              log: {level: warning, format: text}
              kafka: {properties: {\(properties)}}

            """
    }

    private func measured(_ report: SideReport, _ result: ChildRunner.Result) -> SideRun {
        SideRun(
            records: report.integer("decided"), commits: report.integer("commits"),
            bytesOut: report.integer("decision_bytes"), userTime: result.ended.userTime,
            systemTime: result.ended.systemTime, startTime: report.seconds("start_cpu_seconds"),
            activeTime: report.seconds("active_seconds"), wholeTime: result.wholeTime)
    }

    private func settings(_ report: SideReport, _ run: SideRun) -> SideSettings {
        var settings = SideSettings()
        settings["lanes"] = "\(report.integer("settings", "lanes"))"
        settings["partitions"] = "\(scenario.partitions)"
        settings["batch_records"] = "\(report.integer("settings", "batch_records"))"
        settings["commit_records"] = fixedText(max(1, run.recordsPerCommit), 0)
        settings["record_bytes_out"] = fixedText(max(1, run.bytesPerRecord), 0)
        settings["librdkafka"] = "\(LibraryVersion.loaded)"
        for side in ["consumer", "producer"] {
            for (name, value) in report.scalars("settings", side) {
                settings["\(side).\(name)"] = value
            }
        }
        return settings
    }

    /// Each record has one decision, or the figures are not about decisions.
    private func problems(_ report: SideReport, _ name: String) -> [String] {
        let consumed = report.integer("consumed") - report.integer("returned")
        let others = report.integer("dead_lettered") + report.integer("skipped")
        let decided = report.integer("decided")
        guard decided != scenario.records || consumed != decided || others != 0 else { return [] }
        return [
            "\(name): of \(scenario.records) records \(consumed) were read, \(decided) decided, "
                + "\(others) set aside or skipped"
        ]
    }
}

/// What scenarios' topologies take from the environment.
func benchEnvironment(
    bootstrap: [String], source: String, decisions: String, deadLetters: String, group: String,
    guarantee: DeliveryGuarantee
) -> [String: String] {
    [
        "PACT_BOOTSTRAP": bootstrap.joined(separator: ","), "PACT_SOURCE_TOPIC": source,
        "PACT_DECISIONS_TOPIC": decisions, "PACT_DEAD_LETTER_TOPIC": deadLetters,
        "PACT_GROUP": group, "PACT_GUARANTEE": guarantee.rawValue,
    ]
}
