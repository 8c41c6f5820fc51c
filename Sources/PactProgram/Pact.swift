import ArkaCommandLine
import ArkaSystem

/// Runs the program: whoever links plugins of their own has a `main.swift` of three lines that calls
/// this.
///
/// Signals must be blocked before any thread starts: `blockSignals()` of ArkaSystem, in the first
/// statement.
/// - Parameter words: The arguments, without the program's name.
/// - Returns: The exit code.
public func runPact(_ words: [String]) -> Int32 {
    let signals: SignalSwitch
    do {
        signals = try SignalSwitch()
    } catch {
        StandardStream.error.write("pact: \(error)\n")
        return 1
    }
    let console = Console(
        output: { StandardStream.output.write($0) }, error: { StandardStream.error.write($0) })
    return pactProgram(signals).run(words, on: console)
}

/// The tree of commands. Each stands in its own file in `Commands`.
private func pactProgram(_ signals: SignalSwitch) -> Program {
    Program(
        "pact", version: pactVersion, "Decide transactions by rules",
        [
            DemoCommand.command { try runDemo(signals) },
            RunCommand.command { try runTopology($0, signals) },
            EvalCommand.command { try evaluateFile($0, signals) },
            DoctorCommand.command { try runDoctor($0) },
            BenchCommand.command { try runBench($0, signals) },
            Command(
                "rules", "Work on rule files",
                [
                    RulesCheckCommand.command { try checkRules($0) },
                    RulesFormatCommand.command { try formatRuleFiles($0) },
                    RulesTestCommand.command { try runRuleTests($0) },
                    RulesExplainCommand.command { try explainRules($0) },
                ]),
            Command(
                "topology", "Work on topologies",
                [TopologyCheckCommand.command { checkTopology($0) }]),
        ])
}

/// The version of the program and of the documents that it reads.
let pactVersion = "0.1.0"
