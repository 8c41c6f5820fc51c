/// Lines that wait for the writer: a value, so that it can be tested without threads.
struct LogQueue: Sendable {
    /// What the writer takes in one go.
    struct Batch: Sendable {
        /// Finished lines, one after the other.
        var bytes: [UInt8] = []
        /// How many lines that is.
        var lineCount = 0
        /// Lines that found the queue full since the last batch.
        var droppedCount = 0
        /// Whether the log is closed and this is the last batch.
        var isLast = false

        /// Whether there is nothing to do but to wait.
        var isEmpty: Bool { lineCount == 0 && droppedCount == 0 && !isLast }
    }

    /// What became of a line.
    enum Admission: Sendable, Hashable {
        /// It waits, and the writer will come for it by itself.
        case taken
        /// It waits, and so does the writer: wake it.
        case takenWhileWriterWaits
        /// The queue is full or closed.
        case dropped
    }

    private let byteLimit: Int
    private var waiting = Batch()
    private var isClosed = false
    /// Whether the writer has seen an empty queue. A wake-up costs a system call, and most lines of a
    /// burst need none.
    private var writerWaits = false

    /// Makes an empty queue that takes `byteLimit` bytes between two batches.
    init(byteLimit: Int) { self.byteLimit = byteLimit }

    /// Adds a finished line, or counts it as dropped if the queue is full or closed.
    mutating func append(_ line: [UInt8]) -> Admission {
        guard !isClosed, waiting.bytes.count + line.count <= byteLimit else {
            waiting.droppedCount += 1
            return .dropped
        }
        waiting.bytes += line
        waiting.lineCount += 1
        defer { writerWaits = false }
        return writerWaits ? .takenWhileWriterWaits : .taken
    }

    /// Takes everything that waits. After an empty batch the writer waits until it is woken.
    mutating func take() -> Batch {
        defer { waiting = Batch() }
        waiting.isLast = isClosed
        writerWaits = waiting.isEmpty
        return waiting
    }

    /// Refuses further lines; what waits is still written.
    mutating func close() { isClosed = true }
}
