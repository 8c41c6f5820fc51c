import ArkaCommandLine
import ArkaConfig

/// A bench report as one HTML file that needs nothing else.
struct BenchPage {
    let report: BenchReport

    /// The document.
    var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>ARKA bench</title>
        <style>\(Self.style)</style></head><body>
        <h1>ARKA bench</h1>
        \(conditions)
        \(problems)
        <h2>CPU time per record (µs, less is better)</h2>
        \(chart("CPU time per record", decimals: 2, \.cpuMicrosecondsPerRecord))
        <h2>Records per second (more is better; depends on the whole machine)</h2>
        \(chart("records per second", decimals: 0, \.recordsPerSecond))
        <h2>Medians</h2>
        \(medians)
        <h2>Runs</h2>
        \(runs)
        <h2>Settings of both sides</h2>
        \(settings)
        </body></html>

        """
    }

    private static let style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#222}
        table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;
        text-align:right}td:first-child,th:first-child{text-align:left}svg{width:100%;max-width:46em}
        svg text{font-size:11px;fill:#222}.engine{fill:#1b6ca8}.floor{fill:#b9c4cc}
        .bad{color:#a00}.good{color:#070}
        """

    private var conditions: String {
        let machine = report.machine
        let versions = report.versions.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        var text = "<p>\(escapedHTML(machine.processor)), \(machine.cores) cores, Linux "
        text += "\(escapedHTML(machine.kernel)). \(escapedHTML(versions)). Broker: "
        text += "\(escapedHTML(report.broker)).</p><ul>"
        for scenario in report.scenarios {
            text += "<li>\(escapedHTML(scenario.name)): \(scenario.rules) rules, "
            text +=
                "\(grouped(scenario.records)) records of \(fixedText(scenario.messageBytes, 0)) "
            text += "bytes, \(scenario.partitions) partitions\(bound(of: scenario))</li>"
        }
        return text + "</ul>"
    }

    private func bound(of scenario: ScenarioFigures) -> String {
        guard let most = scenario.ratioMax, let isHeld = scenario.isHeld else { return "" }
        let verdict = isHeld ? "<b class=\"good\">held</b>" : "<b class=\"bad\">not held</b>"
        return "; CPU ratio ≤ \(fixedText(most, 2)): \(verdict)"
    }

    private var problems: String {
        guard !report.problems.isEmpty else { return "" }
        let items = report.problems.map { "<li>\(escapedHTML($0))</li>" }.joined()
        return "<h2 class=\"bad\">Not comparable</h2><ul>\(items)</ul>"
    }

    private func chart(
        _ title: String, decimals: Int, _ figure: (SideRun) -> Double
    ) -> String {
        let groups = rows.map { scenario, figures in
            BarChart.Group(
                name: "\(scenario.name), \(figures.guarantee.rawValue)",
                values: [figures.engine(figure), figures.floor(figure)])
        }
        return BarChart(title: title, groups: groups, decimals: decimals).svg
    }

    private var rows: [(ScenarioFigures, GuaranteeFigures)] {
        report.scenarios.flatMap { scenario in scenario.results.map { (scenario, $0) } }
    }

    // MARK: Tables

    private var medians: String {
        let head = [
            "scenario", "guarantee", "engine µs", "floor µs", "ratio", "engine records/s",
            "floor records/s", "ratio", "records/commit", "bytes/decision",
        ]
        return table(
            head,
            rows.map { scenario, figures in
                [
                    scenario.name, figures.guarantee.rawValue,
                    fixedText(figures.engine(\.cpuMicrosecondsPerRecord), 2),
                    fixedText(figures.floor(\.cpuMicrosecondsPerRecord), 2),
                    fixedText(figures.cpuRatio, 2),
                    fixedText(figures.engine(\.recordsPerSecond), 0),
                    fixedText(figures.floor(\.recordsPerSecond), 0),
                    fixedText(figures.speedRatio, 2),
                    fixedText(figures.engine(\.recordsPerCommit), 0),
                    fixedText(figures.engine(\.bytesPerRecord), 0),
                ]
            })
    }

    private var runs: String {
        let head = [
            "scenario", "guarantee", "side", "records", "commits", "user s", "system s", "active s",
            "whole s",
        ]
        return table(
            head,
            rows.flatMap { scenario, figures in
                figures.engine.map { cells(scenario, figures, "engine", $0) }
                    + figures.floor.map { cells(scenario, figures, "floor", $0) }
            })
    }

    private func cells(
        _ scenario: ScenarioFigures, _ figures: GuaranteeFigures, _ side: String, _ run: SideRun
    ) -> [String] {
        [scenario.name, figures.guarantee.rawValue, side, "\(run.records)", "\(run.commits)"]
            + [run.userTime, run.systemTime, run.activeTime, run.wholeTime].map {
                fixedText($0 / .seconds(1), 2)
            }
    }

    private var settings: String {
        rows.map { scenario, figures in
            let names =
                figures.engineSettings.entries.map(\.name)
                + figures.floorSettings.entries.map(\.name).filter {
                    figures.engineSettings[$0] == nil
                }
            return "<h3>\(escapedHTML(scenario.name)), \(figures.guarantee.rawValue)</h3>"
                + table(
                    ["setting", "engine", "floor"],
                    names.map {
                        [$0, figures.engineSettings[$0] ?? "–", figures.floorSettings[$0] ?? "–"]
                    })
        }.joined()
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        let first = head.map { "<th>\(escapedHTML($0))</th>" }.joined()
        let rest = rows.map { row in
            "<tr>" + row.map { "<td>\(escapedHTML($0))</td>" }.joined() + "</tr>"
        }
        return "<table><tr>\(first)</tr>\n\(rest.joined(separator: "\n"))</table>"
    }
}
