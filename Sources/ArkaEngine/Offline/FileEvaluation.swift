public import ArkaModel
public import ArkaPipeline
public import ArkaStream
public import ArkaSystem

/// Decides the lines of a file: the same batches and the same evaluation as on a topic, with files at
/// both ends.
///
/// Decisions come out in the order of the lines. The ``ledger`` counts a line as consumed where it is
/// read, as decided, dead-lettered or skipped where the outputs with it were flushed, and as returned
/// where its batch is given up because an output failed.
public final class FileEvaluation {
    /// What became of the lines so far.
    public private(set) var ledger = Ledger()
    /// What the flushed lines ended as.
    public private(set) var counts = OutcomeCounts()

    private let input: LineReader
    private let output: FileWriter
    private let deadLetters: any DeadLetterSink
    private let decider: any BatchDecider
    private let audit: AuditFile?
    private let time: any TimeSource
    private let batch = RecordBatch()

    /// Prepares an evaluation.
    /// - Parameters:
    ///   - decider: Decides the batches.
    ///   - audit: Gets what the calls of a batch logged, before its decisions are written.
    ///   - time: What decisions state as their time.
    public init(
        input: LineReader, output: FileWriter, deadLetters: any DeadLetterSink,
        decider: any BatchDecider, audit: AuditFile? = nil, time: any TimeSource = SystemTime()
    ) {
        self.input = input
        self.output = output
        self.deadLetters = deadLetters
        self.decider = decider
        self.audit = audit
        self.time = time
        batch.topic = input.name
    }

    /// Reads, decides and writes until the input ends, an error stops it, or somebody wants it to stop.
    ///
    /// What was read before an error is decided and written.
    /// - Parameter continues: Asked after each batch.
    /// - Throws: ``SystemError`` of the input or of an output.
    public func run(while continues: () -> Bool) throws(SystemError) {
        var reading = Reading.more
        repeat {
            reading = fill()
            if batch.count > 0 {
                decider.decide(batch, at: time.wallMilliseconds)
                try write()
                batch.removeAll()
            }
        } while reading == .more && continues()
        if case .failed(let error) = reading { throw error }
        try output.close()
    }

    private enum Reading: Equatable {
        case more
        case ended
        case failed(SystemError)
    }

    /// Fills the batch; a partial one only at the end of the input.
    private func fill() -> Reading {
        do throws(SystemError) {
            while !batch.isFull {
                let number = input.lineNumber + 1
                guard try input.nextLine({ batch.append(line: $0, number: number) }) else {
                    return .ended
                }
                ledger.consumed += 1
            }
            return .more
        } catch {
            return .failed(error)
        }
    }

    /// Writes what the batch came to, and counts it once it has been handed to the system.
    private func write() throws(SystemError) {
        do throws(SystemError) {
            try audit?.write(beside: batch)
            for (row, outcome) in zip(batch.rows, batch.outcomes) { try write(row, outcome) }
            try deadLetters.flush()
            try output.flush()
        } catch {
            ledger.returned += batch.count
            throw error
        }
        var flushed = OutcomeCounts()
        flushed.add(outcomesOf: batch)
        ledger.decided += flushed.decided.reduce(0, +)
        ledger.deadLettered += flushed.deadLettered.reduce(0, +)
        ledger.skipped += flushed.skipped
        counts.add(flushed)
    }

    private func write(_ row: RecordRow, _ outcome: RowOutcome) throws(SystemError) {
        switch outcome {
        case .decided(_, let start, let count):
            try batch.withOutput(from: start, count: count) { (bytes) throws(SystemError) in
                try output.write(bytes)
            }
            try output.write("\n")
        case .deadLetter(let reason):
            let letter = OfflineDeadLetter(
                file: input.name, line: row.offset, reason: batch.deadLetters[reason],
                payload: batch.bytes(of: row.payload) ?? [])
            try deadLetters.add(letter)
        case .skipped: break
        case .waiting, .held: preconditionFailure("nothing waits between two files")
        }
    }

    /// How much of the input has been read, from 0 to 1; `nil` where its size is not known.
    public var progress: Double? { input.progress }
}
