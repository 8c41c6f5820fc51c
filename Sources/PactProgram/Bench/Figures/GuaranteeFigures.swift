import ArkaConfig

/// All runs of a scenario under one guarantee; the engine's and the passthrough's belong together by
/// their place.
struct GuaranteeFigures: Sendable {
    let guarantee: DeliveryGuarantee
    var engine: [SideRun] = []
    /// Empty where nothing is compared.
    var floor: [SideRun] = []
    /// What the engine ran with; the same in every run.
    var engineSettings = SideSettings()
    /// What the passthrough ran with; empty where nothing is compared.
    var floorSettings = SideSettings()

    init(_ guarantee: DeliveryGuarantee) {
        self.guarantee = guarantee
    }

    /// A figure of the engine: the median over its runs.
    func engine(_ figure: (SideRun) -> Double) -> Double? { median(engine.map(figure)) }

    /// A figure of the passthrough: the median over its runs.
    func floor(_ figure: (SideRun) -> Double) -> Double? { median(floor.map(figure)) }

    /// The engine's CPU time per record as a multiple of the passthrough's; medians of both.
    var cpuRatio: Double? { ratio(\.cpuMicrosecondsPerRecord) }

    /// The engine's records per second as a part of the passthrough's; medians of both.
    var speedRatio: Double? { ratio(\.recordsPerSecond) }

    /// The smallest and the largest CPU ratio of two runs that followed each other.
    var cpuRatioRange: ClosedRange<Double>? {
        let ratios = zip(engine, floor).compactMap { engine, floor in
            quotient(engine.cpuMicrosecondsPerRecord, floor.cpuMicrosecondsPerRecord)
        }
        guard let least = ratios.min(), let most = ratios.max() else { return nil }
        return least...most
    }

    private func ratio(_ figure: (SideRun) -> Double) -> Double? {
        guard let mine = engine(figure), let others = floor(figure) else { return nil }
        return quotient(mine, others)
    }

    private func quotient(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
}
