import ArkaModel
import ArkaStream
import Testing

@testable import ArkaPipeline

/// Decides as ``OffsetDecider``, but lets some rows wait: as if their calls were out. Some wait twice.
final class SlowDecider: BatchDecider {
    /// One row in so many waits; 0 for none.
    let waits: Int
    /// Whether no answer comes any more.
    var isStuck = false
    var stopsReading = false
    private var random: SeededGenerator
    private var ticketNext = 0
    private var out: Set<Int> = []
    private var arrived: [Int] = []
    /// Rows that waited and went on.
    private(set) var resumedCount = 0
    /// The most rows that waited at once.
    private(set) var waitingMax = 0
    private(set) var droppedCount = 0

    init(waits: Int, seed: UInt64) {
        self.waits = waits
        random = SeededGenerator(seed: seed)
    }

    var waitingCount: Int { out.count + arrived.count }

    func decide(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        for row in batch.rows { batch.add(outcome(of: row, chances: waits)) }
        waitingMax = max(waitingMax, waitingCount)
    }

    func resume(_ batch: RecordBatch, tickets: [Int], at wallMilliseconds: Int64) {
        precondition(batch.count == tickets.count)
        for ticket in tickets { #expect(taken.remove(ticket) != nil) }
        resumedCount += tickets.count
        for row in batch.rows { batch.add(outcome(of: row, chances: 4)) }
    }

    private func outcome(of row: RecordRow, chances: Int) -> OffsetDecider.Outcome {
        guard chances > 0, random.once(in: chances) else { return OffsetDecider.outcome(of: row) }
        ticketNext += 1
        out.insert(ticketNext)
        return .waits(ticketNext)
    }

    /// Lets some answers arrive.
    func passTime() -> Bool {
        guard !isStuck else { return false }
        let before = arrived.count
        for ticket in out.sorted() where random.once(in: 3) {
            out.remove(ticket)
            arrived.append(ticket)
        }
        return arrived.count > before
    }

    var hasReady: Bool { !arrived.isEmpty }
    /// Handed out, and not resumed yet.
    private var taken: Set<Int> = []

    func takeReady(atMost count: Int) -> [Int] {
        let some = Array(arrived.prefix(count))
        arrived.removeFirst(some.count)
        taken.formUnion(some)
        return some
    }

    func drop(_ tickets: [Int]) {
        droppedCount += tickets.count
        out.subtract(tickets)
        taken.subtract(tickets)
        arrived.removeAll { tickets.contains($0) }
        #expect(out.isEmpty && arrived.isEmpty && taken.isEmpty, "all are dropped together")
    }
}

extension RecordBatch {
    fileprivate func add(_ outcome: OffsetDecider.Outcome) {
        switch outcome {
        case .setAside:
            setAside(DeadLetterReason(.malformedJSON, path: "$", reason: "test"))
        case .skipped: outcomes.append(.skipped)
        case .decided: outcomes.append(.decided(.compliant, start: 0, count: 0))
        case .waits(let ticket): outcomes.append(.waiting(ticket: ticket))
        }
    }
}
