import ArkaRules
public import ArkaStream

/// Decides batches of records: decodes, evaluates all rules, writes decisions.
///
/// One per lane, used by one thread at a time. After the first batches nothing is allocated any
/// more.
public final class BatchEvaluator {
    /// What all lanes share.
    public let plan: EvaluationPlan
    private let options: EvaluationOptions

    /// The rules that fired in the last batch, by index in the book, each once, in any order.
    public private(set) var firedRules: [Int] = []
    /// For each rule how many rows of the last batch it fired on.
    public private(set) var ruleFires: [Int]
    /// How many rows of the last batch got each status, indexed by `DecisionStatus.rawValue`.
    public private(set) var statusCounts = [Int](repeating: 0, count: 4)
    /// Rows of the last batch whose numbers needed 128 bits.
    public private(set) var wideRows = 0

    /// Makes the working memory of one lane.
    public init(plan: EvaluationPlan, options: EvaluationOptions = EvaluationOptions()) {
        self.plan = plan
        self.options = options
        ruleFires = [Int](repeating: 0, count: plan.book.rules.count)
    }

    /// Decides all records of a batch: fills its outcomes, one per row, and its output.
    /// - Parameters:
    ///   - batch: Records without outcomes.
    ///   - origin: Where they came from; the same for all of a lane's batches as a rule.
    ///   - wallMilliseconds: What decisions state as `evaluated_at`, since 1970.
    public func evaluate(
        _ batch: RecordBatch, origin: RecordOrigin, evaluatedAt wallMilliseconds: Int64
    ) {
        for row in batch.rows {
            if row.payload.isNull {
                batch.outcomes.append(.skipped)
            } else {
                batch.setAside(
                    DeadLetterReason(.malformedJSON, path: "$", reason: "not decoded"))
            }
        }
    }
}
