import ArkaModel
public import ArkaStream

/// How many rows ended how.
public struct OutcomeCounts: Sendable, Hashable {
    /// Decisions by status, in the order of ``DecisionStatus``.
    public private(set) var decided = [Int](repeating: 0, count: DecisionStatus.allCases.count)
    /// Dead letters by code, in the order of ``DeadLetterCode``.
    public private(set) var deadLettered = [Int](repeating: 0, count: DeadLetterCode.allCases.count)
    /// Null payloads.
    public private(set) var skipped = 0
    /// Bytes of the decisions, without keys and headers.
    public private(set) var decisionBytes = 0

    /// Starts at zero.
    public init() {}

    /// All rows counted.
    public var total: Int {
        decided.reduce(0, +) + deadLettered.reduce(0, +) + skipped
    }

    /// Counts the outcomes of a batch.
    public mutating func add(outcomesOf batch: RecordBatch) {
        for outcome in batch.outcomes {
            switch outcome {
            case .decided(let status, _, let count):
                decided[Int(status.rawValue)] += 1
                decisionBytes += count
            case .deadLetter(let reason):
                deadLettered[batch.deadLetters[reason].code.index] += 1
            case .skipped: skipped += 1
            case .waiting, .held: continue
            }
        }
    }

    /// Adds other counts.
    public mutating func add(_ other: OutcomeCounts) {
        for index in decided.indices { decided[index] += other.decided[index] }
        for index in deadLettered.indices { deadLettered[index] += other.deadLettered[index] }
        skipped += other.skipped
        decisionBytes += other.decisionBytes
    }
}
