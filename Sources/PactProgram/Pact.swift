import ArkaCommandLine
public import ArkaEngine
import ArkaSystem

/// Runs the program: whoever links plugins of their own has a `main.swift` of three lines that calls
/// this.
///
/// Signals must be blocked before any thread starts: `blockSignals()` of ArkaSystem, in the first
/// statement.
/// - Parameters:
///   - words: The arguments, without the program's name.
///   - plugins: The plugins that are linked into the program: topologies can use these.
/// - Returns: The exit code.
public func runPact(_ words: [String], plugins: PluginRegistry = PluginRegistry()) -> Int32 {
    let signals: SignalSwitch
    do {
        signals = try SignalSwitch()
    } catch {
        StandardStream.error.write("pact: \(error)\n")
        return 1
    }
    let console = Console(
        output: { StandardStream.output.write($0) }, error: { StandardStream.error.write($0) })
    return pactProgram(signals, plugins).run(words, on: console)
}

/// The tree of commands. Each stands in its own file in `Commands`.
private func pactProgram(_ signals: SignalSwitch, _ plugins: PluginRegistry) -> Program {
    Program(
        "pact", version: pactVersion, "Decide transactions by rules",
        [
            DemoCommand.command { try runDemo(signals) },
            RunCommand.command { try runTopology($0, signals, plugins) },
            EvalCommand.command { try evaluateFile($0, signals, plugins) },
            DoctorCommand.command { try runDoctor($0, plugins) },
            BenchCommand.command { try runBench($0, signals) },
            Command(
                "rules", "Work on rule files",
                [
                    RulesCheckCommand.command { try checkRules($0, plugins) },
                    RulesFormatCommand.command { try formatRuleFiles($0) },
                    RulesTestCommand.command { try runRuleTests($0, plugins) },
                    RulesExplainCommand.command { try explainRules($0, plugins) },
                ]),
            Command(
                "topology", "Work on topologies",
                [TopologyCheckCommand.command { checkTopology($0, plugins) }]),
            pluginCommands(plugins),
            Command(
                "config", "Look at documents",
                [ConfigDocsCommand.command { showDocumentKinds($0) }]),
        ])
}

/// The version of the program and of the documents that it reads.
let pactVersion = "0.1.0"
