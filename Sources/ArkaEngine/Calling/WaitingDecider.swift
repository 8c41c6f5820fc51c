public import ArkaPipeline
public import ArkaStream
public import ArkaSystem

/// Decides a batch to its end: where calls are out it waits for them.
///
/// For `pact eval`, tests and programs that evaluate one transaction: nothing else is to be done
/// meanwhile. A lane never waits.
public final class WaitingDecider: BatchDecider {
    private let decider: any BatchDecider
    private let answers: WakeEvent
    private let resumed = RecordBatch()

    /// Wraps a decider.
    /// - Parameter answers: Raised when answers for it have arrived.
    public init(_ decider: any BatchDecider, answers: WakeEvent) {
        self.decider = decider
        self.answers = answers
    }

    /// Fills the batch's outcomes; none is left waiting.
    public func decide(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        decider.decide(batch, at: wallMilliseconds)
        var waiting: [Int: (row: Int, record: HeldRow)] = [:]
        for (row, outcome) in batch.outcomes.enumerated() {
            guard case .waiting(let ticket) = outcome else { continue }
            waiting[ticket] = (row, batch.hold(row))
        }
        while !waiting.isEmpty {
            let tickets = decider.takeReady(atMost: RecordBatch.capacity)
            guard !tickets.isEmpty else {
                answers.wait()
                continue
            }
            resume(tickets, &waiting, batch, at: wallMilliseconds)
        }
    }

    private func resume(
        _ tickets: [Int], _ waiting: inout [Int: (row: Int, record: HeldRow)],
        _ batch: RecordBatch, at wallMilliseconds: Int64
    ) {
        let returning = tickets.compactMap { waiting.removeValue(forKey: $0) }
        precondition(returning.count == tickets.count, "a ticket names a row that waits")
        for (_, record) in returning { resumed.append(recordOf: record) }
        decider.resume(resumed, tickets: tickets, at: wallMilliseconds)
        for (index, (row, record)) in returning.enumerated() {
            if case .waiting(let ticket) = resumed.outcomes[index] {
                waiting[ticket] = (row, record)
            } else {
                batch.takeBack(row, outcomeOf: resumed.hold(index))
            }
        }
        resumed.removeAll()
    }
}
