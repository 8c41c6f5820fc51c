/// Everything that a bench found, ready to be shown.
struct BenchReport: Sendable {
    /// Where it was measured.
    var machine: BenchMachine
    /// Versions by name: `pact`, `librdkafka`.
    var versions: [(name: String, version: String)]
    /// `embedded`, or how many brokers the cluster has.
    var broker: String
    /// Whether figures may be compared with a passthrough's: never on the embedded broker.
    var isEmbedded: Bool
    /// When it began: milliseconds since 1970.
    var startedMilliseconds: Int64
    /// What a large rule book costs before the first record; `nil` if nobody asked.
    var ruleBook: RuleBookCost?
    /// What calls cost; `nil` if nobody asked.
    var calls: CallCosts?
    var scenarios: [ScenarioFigures] = []

    /// What is wrong with the runs themselves: counts or settings that do not agree.
    var problems: [String] { scenarios.flatMap(\.problems) }

    /// Whether every bound is held: those of the scenarios, of the rule book and of calls.
    var holdsAllBounds: Bool {
        scenarios.allSatisfy { $0.isHeld != false } && ruleBook?.isHeld != false
            && calls?.isHeld != false
    }
}

/// What a figure depends on besides the program.
struct BenchMachine: Sendable, Hashable {
    /// The processor's name, as the kernel has it.
    var processor: String
    /// Processors that the program may use.
    var cores: Int
    /// The kernel's release.
    var kernel: String
}

/// A scenario and what came of it.
struct ScenarioFigures: Sendable {
    let name: String
    let records: Int
    let partitions: Int
    /// Mean bytes of a record in the source topic.
    let messageBytes: Double
    let rules: Int
    /// The bound of the CPU ratio, if the scenario declares one.
    let ratioMax: Double?
    var results: [GuaranteeFigures] = []
    /// What is wrong with the runs themselves.
    var problems: [String] = []

    /// Whether the bound is held under every guarantee; `nil` without a bound or a comparison.
    var isHeld: Bool? {
        guard let ratioMax else { return nil }
        let ratios = results.compactMap(\.cpuRatio)
        return ratios.isEmpty ? nil : ratios.allSatisfy { $0 <= ratioMax }
    }
}
