import ArkaCommandLine
import ArkaConfig

/// A bench report as text for a terminal: conditions, a table, settings, what is wrong.
struct BenchTable {
    let report: BenchReport

    /// The lines, without line ends.
    var lines: [String] {
        let scenarios = report.scenarios.isEmpty ? [] : [""] + table
        return conditions + scenarios + [""] + ruleBook + calls + bounds + settings
            + report.problems.map { "problem: \($0)" }
    }

    private var ruleBook: [String] {
        guard let cost = report.ruleBook else { return [] }
        return [
            "rule book: \(grouped(cost.rules)) rules (\(grouped(cost.textBytes)) bytes,"
                + " \(grouped(cost.predicates)) predicates) checked and planned in"
                + " \(fixedText(cost.cpuSeconds, 2)) s of CPU and \(cost.peakBytes >> 20) MiB;"
                + " ≤ \(fixedText(RuleBookCost.cpuSecondsMax, 0)) s and"
                + " ≤ \(RuleBookCost.peakBytesMax >> 20) MiB: "
                + (cost.isHeld ? "held" : "NOT held")
        ]
    }

    private var calls: [String] { report.calls.map { CallTable(costs: $0).lines } ?? [] }

    private var conditions: [String] {
        let versions = report.versions.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        let machine = report.machine
        return [
            "machine: \(machine.processor), \(machine.cores) cores, Linux \(machine.kernel)",
            "versions: \(versions); broker: \(report.broker)",
        ]
            + report.scenarios.map {
                "\($0.name): \($0.rules) rules, \(grouped($0.records)) records of "
                    + "\(fixedText($0.messageBytes, 0)) bytes, \($0.partitions) partitions, "
                    + "median of \($0.results.first?.engine.count ?? 0)"
            }
    }

    // MARK: The table

    private static let head = [
        "scenario", "guarantee", "engine µs/record", "floor µs/record", "ratio", "(range)",
        "engine records/s", "floor records/s", "ratio",
    ]

    private var table: [String] {
        let rows = report.scenarios.flatMap { scenario in
            scenario.results.map { row(scenario, $0) }
        }
        return aligned([Self.head] + rows)
    }

    private func row(_ scenario: ScenarioFigures, _ figures: GuaranteeFigures) -> [String] {
        let range = figures.cpuRatioRange
        return [
            scenario.name, figures.guarantee.rawValue,
            fixedText(figures.engine(\.cpuMicrosecondsPerRecord), 2),
            fixedText(figures.floor(\.cpuMicrosecondsPerRecord), 2),
            fixedText(figures.cpuRatio, 2),
            range.map { "\(fixedText($0.lowerBound, 2))…\(fixedText($0.upperBound, 2))" } ?? "–",
            rate(figures.engine(\.recordsPerSecond)), rate(figures.floor(\.recordsPerSecond)),
            fixedText(figures.speedRatio, 2),
        ]
    }

    private func rate(_ value: Double?) -> String { value.map { grouped(Int($0)) } ?? "–" }

    /// Columns as wide as their widest cell; all but the first two to the right.
    private func aligned(_ rows: [[String]]) -> [String] {
        let widths = Self.head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let pad = String(repeating: " ", count: widths[column] - cell.count)
                return column < 2 ? cell + pad : pad + cell
            }.joined(separator: "  ")
        }
    }

    // MARK: Bounds and settings

    private var bounds: [String] {
        report.scenarios.compactMap { scenario in
            guard let most = scenario.ratioMax, let isHeld = scenario.isHeld else { return nil }
            return "\(scenario.name): CPU ratio ≤ \(fixedText(most, 2)): "
                + (isHeld ? "held" : "NOT held")
        }
    }

    // Settings that every run of both sides had stand in one line; the others beside their run.

    private var settings: [String] {
        let all = report.scenarios.flatMap(\.results).flatMap { figures in
            [figures.engineSettings, figures.floorSettings].filter { !$0.entries.isEmpty }
        }
        guard let first = all.first else { return [] }
        let common = first.entries.filter { entry in
            all.allSatisfy { $0[entry.name] == entry.value }
        }
        return ["settings of every run: \(words(common))"]
            + report.scenarios.flatMap { scenario in
                scenario.results.flatMap { ownSettings(scenario.name, $0, except: common) }
            }
    }

    private func ownSettings(
        _ scenario: String, _ figures: GuaranteeFigures, except common: [SideSettings.Entry]
    ) -> [String] {
        [("engine", figures.engineSettings), ("floor", figures.floorSettings)]
            .compactMap { side, settings in
                let own = settings.entries.filter { !common.contains($0) }
                guard !own.isEmpty else { return nil }
                return
                    "settings of \(scenario) \(figures.guarantee.rawValue), \(side): \(words(own))"
            }
    }

    private func words(_ entries: [SideSettings.Entry]) -> String {
        entries.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}
