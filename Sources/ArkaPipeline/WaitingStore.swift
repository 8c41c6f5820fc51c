import ArkaStream

/// Rows that wait for calls, and the rows of their partitions behind them, until they can leave.
///
/// ```
///   batch ── take ──► partition 3: [waits] [decided] [decided] [waits] …
///                     partition 7: [waits] …
///                        │ answered: recordsOf, then settle
///                        ▼
///   finished rows at the front of a partition ── moveFinished ──► batch, to be sent
/// ```
///
/// Rows of a partition leave in the order in which they came; partitions do not wait for each other.
struct WaitingStore {
    private var queues: [Int32: Queue] = [:]
    /// Where the row of each ticket is.
    private var places: [Int: Place] = [:]
    /// Partitions whose first row may be finished.
    private var movable: [Int32] = []
    /// Rows in all queues.
    private(set) var rowCount = 0
    /// Their bytes.
    private(set) var byteCount = 0

    private struct Place {
        let partition: Int32
        let number: Int
    }

    /// Rows among them whose calls are out.
    var waitingCount: Int { places.count }

    var isEmpty: Bool { rowCount == 0 }

    /// The tickets of all rows that wait, in no order.
    var tickets: [Int] { Array(places.keys) }

    /// Moves out of a batch that was just decided what waits, and what must not overtake it.
    mutating func take(from batch: RecordBatch) {
        guard !isEmpty || batch.hasWaitingRows else { return }
        for index in batch.rows.indices {
            let partition = batch.rows[index].partition
            guard batch.outcomes[index].isWaiting || queues[partition] != nil else { continue }
            hold(batch.hold(index))
        }
        checkInvariants()
    }

    private mutating func hold(_ row: HeldRow) {
        let number = queues[row.partition, default: Queue()].append(row)
        if case .waiting(let ticket) = row.state {
            places[ticket] = Place(partition: row.partition, number: number)
        }
        rowCount += 1
        byteCount += row.byteCount
    }

    /// Puts the records of rows into a batch, as long as it has room.
    /// - Returns: How many of the tickets are in it, from the first on.
    func putRecords(of tickets: some Sequence<Int>, into batch: RecordBatch) -> Int {
        var count = 0
        for ticket in tickets {
            guard !batch.isFull else { break }
            batch.append(recordOf: row(ticket))
            count += 1
        }
        return count
    }

    private func row(_ ticket: Int) -> HeldRow {
        guard let place = places[ticket], let row = queues[place.partition]?[place.number] else {
            preconditionFailure("a ticket names a row that waits")
        }
        return row
    }

    /// Takes over what became of rows that were decided again.
    /// - Parameter tickets: The tickets under which they waited, in the order of the batch.
    mutating func settle(_ batch: RecordBatch, tickets: some Sequence<Int>) {
        for (index, ticket) in tickets.enumerated() {
            guard let place = places.removeValue(forKey: ticket) else {
                preconditionFailure("a ticket names a row that waits")
            }
            settle(batch.hold(index), at: place)
        }
        checkInvariants()
    }

    private mutating func settle(_ row: HeldRow, at place: Place) {
        guard let before = queues[place.partition]?.replace(place.number, by: row) else {
            preconditionFailure("a row that waits stands in its partition's queue")
        }
        byteCount += row.byteCount - before.byteCount
        if case .waiting(let ticket) = row.state {
            places[ticket] = place
        } else if queues[place.partition]?.firstNumber == place.number {
            movable.append(place.partition)
        }
    }

    /// Moves finished rows that nothing holds back any more into a batch, as long as it has room.
    /// - Returns: Whether there are more.
    mutating func moveFinished(into batch: RecordBatch) -> Bool {
        while let partition = movable.last, !batch.isFull {
            moveFinished(of: partition, into: batch)
            if !batch.isFull { movable.removeLast() }
        }
        checkInvariants()
        return !movable.isEmpty
    }

    private mutating func moveFinished(of partition: Int32, into batch: RecordBatch) {
        while !batch.isFull, let row = queues[partition]?.popFinished() {
            batch.append(outcomeOf: row)
            rowCount -= 1
            byteCount -= row.byteCount
        }
        if queues[partition]?.isEmpty == true { queues[partition] = nil }
    }

    /// Forgets all rows.
    mutating func removeAll() {
        self = WaitingStore()
    }

    private func checkInvariants() {
        #if DEBUG
            precondition(rowCount == queues.values.reduce(0) { $0 + $1.count }, "rows are counted")
            precondition(queues.values.allSatisfy { !$0.isEmpty }, "no queue without rows")
            for (partition, queue) in queues where !movable.contains(partition) {
                precondition(queue.isFirstWaiting, "a queue begins with what waits")
            }
        #endif
    }
}

extension WaitingStore {
    /// The rows of one partition, numbered from its first one on.
    private struct Queue {
        private var rows: [HeldRow] = []
        /// Rows before this one have left.
        private var first = 0
        /// The number of `rows[0]`.
        private var base = 0

        var count: Int { rows.count - first }
        var isEmpty: Bool { count == 0 }
        var firstNumber: Int { base + first }
        var isFirstWaiting: Bool { !isEmpty && rows[first].isWaiting }

        subscript(number: Int) -> HeldRow { rows[number - base] }

        /// - Returns: The row's number.
        mutating func append(_ row: HeldRow) -> Int {
            rows.append(row)
            return base + rows.count - 1
        }

        /// - Returns: The row that was there.
        mutating func replace(_ number: Int, by row: HeldRow) -> HeldRow {
            let before = rows[number - base]
            rows[number - base] = row
            return before
        }

        mutating func popFinished() -> HeldRow? {
            guard first < rows.count, !rows[first].isWaiting else { return nil }
            defer { first += 1 }
            if first >= 64, first > rows.count / 2 { forgetLeft() }
            return rows[first]
        }

        private mutating func forgetLeft() {
            rows.removeFirst(first)
            base += first
            first = 0
        }
    }
}

extension HeldRow {
    fileprivate var isWaiting: Bool { if case .waiting = state { true } else { false } }
}

extension RowOutcome {
    var isWaiting: Bool { if case .waiting = self { true } else { false } }
}

extension RecordBatch {
    fileprivate var hasWaitingRows: Bool { outcomes.contains { $0.isWaiting } }
}
