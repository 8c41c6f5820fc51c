import ArkaAudit
import ArkaCommandLine
import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import ArkaPipeline
import ArkaStream
import ArkaSystem
import PactPlugins
import Synchronization

/// Decides the file and ends with the ledger line on standard error.
/// - Returns: 0, or 1 if the topology is wrong, a file fails, or a record is unaccounted for.
func evaluateFile(
    _ options: EvalCommand.Options, _ signals: SignalSwitch, _ registry: PluginRegistry
) throws -> Int32 {
    try checkFilesDiffer(options)
    let loaded = loadTopology(
        path: topologyPath(options.topology), environment: Child.currentEnvironment,
        overrides: options.overrides, plugins: registry.linked, files: .system)
    StandardStream.error.write(shownAtStart(loaded.diagnostics, of: options.topology))
    guard let topology = loaded.value else { return 1 }
    if let refusal = refusedCalls(topology, runsActions: true) {
        StandardStream.error.write(refusal.rendered() + "\n")
        return 1
    }
    guard let secrets = loadSecrets(options.config) else { return 1 }
    let redactor = SecretRedactor()
    let trail = try options.audit.map {
        try evaluationTrail(topology, options, redactor, to: $0)
    }
    let plugins =
        topology.plugins.isEmpty
        ? nil
        : try TopologyPlugins(
            topology, registry, time: SystemTime(),
            surroundings: try evalSurroundings(
                topology, registry, secrets, redactor, audit: trail?.mailbox ?? DroppedAudit())
        ) { name, level, line in
            if level == .warning || level == .error {
                StandardStream.error.write("\(name): \(line)\n")
            }
        }
    if let plugins {
        try waiting { () async throws(PluginLoadError) in try await plugins.start() }
    }
    defer { if let plugins { waiting { await plugins.stop() } } }
    let run = try EvalRun(options, topology, plugins, trail?.file)
    let stopped = StopFlag()
    signals.onStop { signal in
        stopped.set()
        StandardStream.error.write(
            "\npact: \(signal.name): finishing the lines read so far; again to exit at once\n")
    }
    var failure = run.perform { !stopped.isSet }
    // Before the end is printed: what plugins say of theirs comes before the ledger line.
    if let plugins { waiting { await plugins.stop() } }
    do throws(SystemError) {
        try trail?.file.close()
    } catch {
        failure = failure ?? error
    }
    return run.finish(after: failure)
}

/// Reads what an engine document says of secrets.
/// - Returns: `nil` if it is wrong; that has been printed.
private func loadSecrets(_ path: String?) -> SecretsSpec? {
    let engine = loadEngine(path: path, environment: Child.currentEnvironment, files: .system)
    for diagnostic in engine.diagnostics {
        StandardStream.error.write(diagnostic.rendered() + "\n")
    }
    return engine.value?.secrets
}

/// What plugins are given of this process, which leaves no core dump from now on.
private func evalSurroundings(
    _ topology: TopologySpec, _ registry: PluginRegistry, _ secrets: SecretsSpec,
    _ redactor: SecretRedactor, audit: any AuditSink
) throws -> PluginSurroundings {
    if !secrets.allowsCoreDumps { _ = forbidCoreDumps() }
    return try PluginSurroundings(
        of: topology, registry, secrets, environment: Child.currentEnvironment, time: SystemTime(),
        redactor: redactor, audit: audit
    ) { level, line in
        if level == .warning || level == .error { StandardStream.error.write("secrets: \(line)\n") }
    }
}

/// An output that is the input would be emptied before it is read.
private func checkFilesDiffer(_ options: EvalCommand.Options) throws(UsageError) {
    var outputs: [String] = []
    for (label, path) in [
        ("--output", options.output), ("--dead-letters", options.deadLetters),
        ("--audit", options.audit),
    ] {
        guard let path else { continue }
        if path != "-", isSameFile(path, options.input) {
            throw UsageError(.outputIsInput, "\(label): '\(path)' is the input")
        }
        if outputs.contains(where: { $0 == path || isSameFile(path, $0) }) {
            throw UsageError(.outputIsInput, "\(label): '\(path)' is another output, too")
        }
        outputs.append(path)
    }
}

/// What plugins log to, and the file that it goes to.
private func evaluationTrail(
    _ topology: TopologySpec, _ options: EvalCommand.Options, _ redactor: SecretRedactor,
    to path: String
) throws(SystemError) -> (mailbox: AuditMailbox, file: AuditFile) {
    let input = options.input == "-" ? "stdin" : options.input
    if let key = topology.audit.pseudonymKey { redactor.add(key.revealed) }
    let mailbox = AuditMailbox(
        .file(input), process: "eval", pseudonymKey: topology.audit.pseudonymKey,
        redactor: redactor, time: SystemTime())
    return (mailbox, AuditFile(mailbox, to: try FileWriter(path: path)))
}

/// One run of `pact eval`: the evaluation and what is shown of it.
private struct EvalRun {
    private let evaluation: FileEvaluation
    private let summary = DeadLetterSummary()
    private let time = SystemTime()

    init(
        _ options: EvalCommand.Options, _ topology: TopologySpec, _ plugins: TopologyPlugins?,
        _ audit: AuditFile?
    ) throws(SystemError) {
        let input = try LineReader(path: options.input)
        let origin = options.input == "-" ? "stdin" : options.input
        var letters: any DeadLetterSink = summary
        if let path = options.deadLetters { letters = DeadLetterFile(try FileWriter(path: path)) }
        evaluation = FileEvaluation(
            input: input, output: try FileWriter(path: options.output), deadLetters: letters,
            decider: try Self.decider(options, topology, plugins, origin: .file(origin)),
            audit: audit)
    }

    private static func decider(
        _ options: EvalCommand.Options, _ topology: TopologySpec, _ plugins: TopologyPlugins?,
        origin: RecordOrigin
    ) throws(SystemError) -> any BatchDecider {
        let plan = EvaluationPlan(topology)
        let options = EvaluationOptions(deterministic: options.isDeterministic)
        guard let plugins else {
            let evaluator = BatchEvaluator(plan: plan, options: options)
            return EvaluatorDecider(evaluator: evaluator, origin: origin) { _, _ in }
        }
        let answers = try WakeEvent()
        let decider = plugins.decider(
            plan, options: options, origin: origin, wake: { answers.raise() }, didFire: { _, _ in })
        return WaitingDecider(decider, answers: answers)
    }

    /// Runs, with a progress line where a person looks at standard error.
    /// - Returns: What stopped it; `nil` for the end of the input.
    func perform(while continues: () -> Bool) -> SystemError? {
        let columns = StandardStream.error.columns
        var line = ProgressLine("eval", unit: "lines", columns: columns ?? 80, now: time.monotonic)
        var failure: SystemError?
        do throws(SystemError) {
            try evaluation.run {
                if columns != nil { show(&line) }
                return continues()
            }
        } catch {
            failure = error
        }
        StandardStream.error.write(line.clear())
        return failure
    }

    private func show(_ line: inout ProgressLine) {
        let text = line.update(
            count: evaluation.ledger.consumed, fraction: evaluation.progress, now: time.monotonic)
        if let text { StandardStream.error.write(text) }
    }

    /// Prints what came of it; the ledger line is the last.
    func finish(after failure: SystemError?) -> Int32 {
        var lines = summary.lines
        if let failure, !failure.isBrokenPipe { lines.append("pact: \(failure)") }
        let statuses = DecisionStatus.allCases.map {
            "\($0.word)=\(evaluation.counts.decided[Int($0.rawValue)])"
        }
        lines.append("decisions: " + statuses.joined(separator: " "))
        StandardStream.error.write(lines.map { $0 + "\n" }.joined())
        return printLedger(evaluation.ledger, exitCode: failure == nil ? 0 : 1)
    }
}

/// Set by the signal thread, asked by the evaluation.
private final class StopFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
