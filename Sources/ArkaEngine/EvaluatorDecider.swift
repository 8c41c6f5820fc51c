public import ArkaEvaluate
public import ArkaPipeline
public import ArkaStream

/// The evaluation as the pipeline sees it: decides a batch and counts which rules fired.
public final class EvaluatorDecider: BatchDecider {
    private let evaluator: BatchEvaluator
    private let origin: RecordOrigin
    private let didFire: (_ rule: Int, _ rows: Int) -> Void

    /// Wraps an evaluator.
    /// - Parameters:
    ///   - evaluator: This lane's own.
    ///   - origin: Where the records come from.
    ///   - didFire: Told once per batch and fired rule, on the lane's thread.
    public init(
        evaluator: BatchEvaluator, origin: RecordOrigin,
        didFire: @escaping (_ rule: Int, _ rows: Int) -> Void
    ) {
        self.evaluator = evaluator
        self.origin = origin
        self.didFire = didFire
    }

    /// See ``BatchDecider/decide(_:at:)``.
    public func decide(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        evaluator.evaluate(batch, origin: origin, evaluatedAt: wallMilliseconds)
        for rule in evaluator.firedRules { didFire(rule, evaluator.ruleFires[rule]) }
    }
}
