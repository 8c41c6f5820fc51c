import ArkaConfig
import ArkaEvaluate
import ArkaJSON
import ArkaModel
import ArkaRules
import ArkaStream

/// Decides single records as the engine does, to hold the result against something else.
struct RecordTrial {
    private let evaluator: BatchEvaluator
    private let topic: String

    /// Prepares a topology.
    /// - Parameter hasRules: Without rules a record is only read and held against the schema.
    init(_ topology: TopologySpec, hasRules: Bool = true) {
        var topology = topology
        if !hasRules { topology.rules.book = RulesSpec().book }
        topic = topology.source.topic
        evaluator = BatchEvaluator(
            plan: EvaluationPlan(topology), options: EvaluationOptions(deterministic: true))
    }

    /// What becomes of a record.
    enum Outcome {
        case decided(DecisionDigest)
        case deadLetter(DeadLetterReason)
    }

    /// Decides a record.
    func decide(_ transaction: TestedTransaction) -> Outcome {
        let batch = RecordBatch()
        let surroundings = transaction.surroundings
        batch.topic = surroundings.topic ?? topic
        batch.append(
            record: transaction.bytes, partition: Int32(surroundings.partition),
            offset: Int64(surroundings.offset), timestamp: surroundings.timestamp ?? 0)
        evaluator.evaluate(batch, origin: .topic(batch.topic), evaluatedAt: 0)
        switch batch.outcomes[0] {
        case .deadLetter(let reason): return .deadLetter(batch.deadLetters[reason])
        case .decided(_, let start, let count):
            let bytes = batch.outputBytes(from: start, count: count)
            return .decided(DecisionDigest(json: bytes))
        case .skipped: preconditionFailure("the payload is not null")
        case .waiting, .held: preconditionFailure("nothing is called")
        }
    }
}
