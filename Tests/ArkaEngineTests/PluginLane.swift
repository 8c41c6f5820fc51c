import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import ArkaPipeline
import ArkaStream
import ManualTime
import PactPlugins
import Synchronization
import Testing

/// A plugin made of the functions that a test declares; topologies name it `own/lists`, rules
/// `plugin.lists`.
struct ScriptedPlugin: DataSourcePlugin, EnrichmentPlugin, ValidationPlugin, ActionPlugin {
    typealias Script = @Sendable (PluginConfiguration, PluginServices) -> [DeclaredFunction]

    static let metadata = PluginMetadata(
        name: "lists", version: "1.0.0", description: "Has the functions that a test declares")
    /// The tests' scripts; a plugin finds its own by the number in its configuration.
    private static let scripts = Mutex<[Script]>([])

    let functions: [DeclaredFunction]

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        let number: Int = try configuration.read("script")
        let script = Self.scripts.withLock { $0[number] }
        functions = script(configuration, services)
    }

    /// Keeps a script.
    /// - Returns: Its number.
    static func keep(@FunctionsBuilder _ script: @escaping Script) -> Int {
        scripts.withLock { scripts in
            scripts.append(script)
            return scripts.count - 1
        }
    }
}

/// A lane that decides records by rules which call a plugin, from the topology's text to the decision's
/// bytes; only Kafka is away, and time passes when the test says so.
final class PluginLane {
    let time = ManualTime()
    let topology: TopologySpec
    let plugins: TopologyPlugins
    private let decider: any BatchDecider
    private let batch = RecordBatch()
    private let resumed = RecordBatch()
    /// Rows that wait, by their ticket, and whose record it is.
    private var waiting: [Int: (record: Int, row: HeldRow)] = [:]
    /// A decision for each record so far; `nil` for those that wait.
    private(set) var decisions: [PluginValue?] = []

    /// Loads a topology with a plugin and starts it.
    /// - Parameters:
    ///   - rules: The text of its rule file.
    ///   - uses: Its `plugins`, `$script` being the number of the script.
    ///   - documents: Texts of the files that `uses` names, with `$script` likewise.
    ///   - budget: Its `decision_budget`.
    ///   - surroundings: What plugins have of the process.
    ///   - log: Takes what plugins log.
    ///   - script: The plugin's functions.
    init(
        rules: String, uses: String = "[{plugin: own/lists, config: {script: $script}}]",
        documents: [String: String] = [:], budget: String = "60s",
        surroundings: PluginSurroundings = PluginSurroundings(),
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void = { _, _ in },
        @FunctionsBuilder _ script: @escaping ScriptedPlugin.Script
    ) async throws {
        let number = ScriptedPlugin.keep(script)
        let uses = uses.replacing("$script", with: "\(number)")
        let documents = documents.mapValues { $0.replacing("$script", with: "\(number)") }
        topology = try pluginTopology(
            uses: uses, documents: documents, rules: rules, budget: budget)
        plugins = try TopologyPlugins(
            topology, .scripted, time: time.clock, alarm: time.alarm, executor: time.executor,
            surroundings: surroundings
        ) { _, level, line in log(level, line) }
        try await plugins.start()
        decider = plugins.decider(
            EvaluationPlan(topology), origin: .file("f"), wake: {}, didFire: { _, _ in })
    }

    /// Decides records to their end, in which no time passes; all must be decided then.
    @discardableResult func decide(_ records: String...) throws -> [PluginValue] {
        try decide(records)
    }

    /// Decides records to their end, in which no time passes; all must be decided then.
    @discardableResult func decide(_ records: [String]) throws -> [PluginValue] {
        let first = decisions.count
        submit(records)
        run()
        return try decisions[first...].map { try #require($0, "it still waits") }
    }

    /// Decides one record to its end.
    @discardableResult func decide(_ record: String) throws -> PluginValue {
        try decide([record])[0]
    }

    /// Hands records over as one batch; those that need calls may wait.
    func submit(_ records: [String]) {
        batch.removeAll()
        let first = decisions.count
        for (index, record) in records.enumerated() {
            batch.append(
                record: Array(record.utf8), partition: 0, offset: Int64(first + index), timestamp: 0
            )
            decisions.append(nil)
        }
        decider.decide(batch, at: 0)
        for row in records.indices { note(row, of: batch, as: first + row) }
    }

    /// Lets tasks run, and rows whose answers are there be decided.
    func run() {
        time.run()
        while decider.hasReady {
            let tickets = decider.takeReady(atMost: RecordBatch.capacity)
            let rows = tickets.compactMap { waiting.removeValue(forKey: $0) }
            resumed.removeAll()
            for (_, row) in rows { resumed.append(recordOf: row) }
            decider.resume(resumed, tickets: tickets, at: 0)
            for (index, (record, _)) in rows.enumerated() { note(index, of: resumed, as: record) }
            time.run()
        }
    }

    /// Lets time pass, and everything happen in it.
    func pass(_ span: Duration) {
        time.pass(span)
        run()
    }

    private func note(_ row: Int, of batch: RecordBatch, as record: Int) {
        switch batch.outcomes[row] {
        case .waiting(let ticket): waiting[ticket] = (record, batch.hold(row))
        case .decided(_, let start, let count):
            decisions[record] = try? PluginValue(json: batch.outputBytes(from: start, count: count))
        default: Issue.record("record \(record) is not decided: \(batch.outcomes[row])")
        }
    }
}

extension PluginRegistry {
    /// The plugins that tests declare.
    static let scripted = PluginRegistry().linking(ScriptedPlugin.self, namespace: "own")
}

/// A topology with one rule file that uses plugins.
func pluginTopology(
    uses: String, documents: [String: String] = [:], rules: String, budget: String = "60s"
) throws -> TopologySpec {
    let document = """
        apiVersion: arka.io/v1
        kind: Topology
        metadata: {name: t}
        spec:
          source: {topic: in, group: g}
          decision_budget: \(budget)
          rules: {files: [a.pact], on_unknown: review}
          decisions: {topic: out}
          plugins: \(uses)
        """
    let texts = documents.merging(["t.yaml": document, "a.pact": rules]) { $1 }
    let loaded = loadTopology(
        path: "t.yaml", environment: [:], plugins: PluginRegistry.scripted.linked,
        files: FileAccess(
            read: { path in
                texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
            }, list: { _ in .success([]) }))
    guard let topology = loaded.value else {
        throw TopologyRefusal(description: loaded.diagnostics.map { $0.rendered() }.joined())
    }
    return topology
}

/// Why a topology does not load.
struct TopologyRefusal: Error, CustomStringConvertible {
    let description: String
}

extension PluginValue {
    /// The first call that a decision states.
    var call: PluginValue { self["calls"]?[0] ?? .null }
    /// How the first call ended, in a decision's word.
    var outcome: String { call["outcome"]?.text ?? "no call" }
    /// A decision's status.
    var status: String { self["status"]?.text ?? "" }
}
