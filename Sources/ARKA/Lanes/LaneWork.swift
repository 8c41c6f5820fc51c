import ArkaCalls
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import ArkaStream

/// What a lane's thread works with: decides transactions in batches, and goes on with those whose calls
/// are answered. Nothing in here blocks.
final class LaneWork {
    /// A transaction whose calls are out.
    private struct Waiting {
        let evaluation: Evaluation
        let row: HeldRow
    }

    private let desk: LaneCallDesk
    private let decider: CallingDecider
    private let time: any TimeSource
    private let batch = RecordBatch()
    /// By ticket.
    private var waiting: [Int: Waiting] = [:]
    /// The tickets of evaluations that wait, by their numbers.
    private var tickets: [Int: Int] = [:]

    /// Takes a desk and a decider that asks it, both the lane's own.
    init(_ desk: LaneCallDesk, _ decider: CallingDecider, time: any TimeSource) {
        self.desk = desk
        self.decider = decider
        self.time = time
    }

    /// Decides what came in, those that do without the same plugins together.
    func take(_ messages: [EvaluationLane.Message]) {
        var groups: [Set<String>: [Evaluation]] = [:]
        for message in messages {
            switch message {
            case .decide(let evaluation):
                if evaluation.isCancelled {
                    evaluation.end(.failure(CancellationError()))
                } else {
                    groups[evaluation.withheld, default: []].append(evaluation)
                }
            case .forget(let evaluation): forget(evaluation)
            }
        }
        for (withheld, evaluations) in groups {
            desk.withhold(withheld)
            decide(evaluations)
        }
    }

    /// Goes on with those whose calls are answered, until there is none.
    func goOn() {
        while true {
            let tickets = decider.takeReady(atMost: RecordBatch.capacity)
            guard !tickets.isEmpty else { return }
            let groups = Dictionary(grouping: tickets) { waiting[$0]?.evaluation.withheld ?? [] }
            for (withheld, tickets) in groups {
                desk.withhold(withheld)
                resume(tickets)
            }
        }
    }

    /// Ends everything that waits, undecided.
    func giveUp() {
        decider.drop(Array(waiting.keys))
        for waiting in waiting.values {
            waiting.evaluation.end(.failure(EvaluationRefusal.ended))
        }
        waiting = [:]
        tickets = [:]
    }

    private func forget(_ evaluation: Evaluation) {
        guard let ticket = tickets.removeValue(forKey: evaluation.number) else { return }
        waiting[ticket] = nil
        decider.drop([ticket])
        evaluation.end(.failure(CancellationError()))
    }

    private func decide(_ evaluations: [Evaluation]) {
        var rest = evaluations[...]
        while !rest.isEmpty {
            var rows: [Evaluation] = []
            while !batch.isFull, let evaluation = rest.popFirst() {
                batch.append(
                    record: evaluation.record, partition: 0, offset: Int64(evaluation.number),
                    timestamp: -1)
                rows.append(evaluation)
            }
            decider.decide(batch, at: time.wallMilliseconds)
            handOut(rows)
        }
    }

    private func resume(_ tickets: [Int]) {
        let rows = tickets.compactMap { waiting.removeValue(forKey: $0) }
        precondition(rows.count == tickets.count, "a ticket names a transaction that waits")
        for row in rows {
            self.tickets[row.evaluation.number] = nil
            batch.append(recordOf: row.row)
        }
        decider.resume(batch, tickets: tickets, at: time.wallMilliseconds)
        handOut(rows.map(\.evaluation))
    }

    /// Tells each transaction of the batch what became of it, and empties the batch.
    private func handOut(_ evaluations: [Evaluation]) {
        for (row, evaluation) in evaluations.enumerated() {
            switch batch.outcomes[row] {
            case .decided(let status, let start, let count):
                let json = batch.outputBytes(from: start, count: count)
                evaluation.end(.success(.decided(status, json: json)))
            case .deadLetter(let reason):
                evaluation.end(.success(.refused(batch.deadLetters[reason])))
            case .waiting(let ticket):
                tickets[evaluation.number] = ticket
                waiting[ticket] = Waiting(evaluation: evaluation, row: batch.hold(row))
            case .skipped, .held:
                preconditionFailure("its payload is not null, and it was not moved")
            }
        }
        batch.removeAll()
    }
}
