public import ArkaModel
public import ArkaSystem
public import Synchronization

/// Where lines end up: standard error in the program, an array in the tests.
public protocol LogOutput: Sendable {
    /// Writes finished lines, all of them. Called by one thread at a time; may block.
    /// - Returns: False if they could not be written; they count as dropped.
    func write(_ lines: [UInt8]) -> Bool
}

extension StandardStream: LogOutput {
    /// Writes the lines to the stream.
    public func write(_ lines: [UInt8]) -> Bool { writeAll(lines) }
}

/// The one log of the process: a bounded queue and a thread that writes.
///
/// Whoever logs renders the line itself, appends it under a lock that is never held across a write,
/// and goes on; where the reader of the log is too slow, lines are dropped, counted, and the log says
/// so itself. Nobody ever waits for it.
public final class LogSink: Sendable {
    /// How lines look.
    public let format: LogFormat
    let renderer: LogRenderer
    let time: any TimeSource
    @usableFromInline let threshold: Atomic<Int>
    private let redactor: SecretRedactor?
    private let queue: Mutex<LogQueue>
    private let dropped = Atomic<Int>(0)
    private let wake: WakeEvent
    private let ended: Latch

    /// Opens a log and starts its writer.
    /// - Parameters:
    ///   - output: Where lines go.
    ///   - format: Usually ``LogFormat/text`` on a terminal and ``LogFormat/json`` otherwise.
    ///   - level: The lowest level that is written.
    ///   - byteLimit: Bytes that may wait for the writer.
    ///   - time: The clock of the time stamps.
    ///   - redactor: Takes secrets out of every line.
    /// - Throws: ``SystemError`` (`outOfResources`).
    public init(
        to output: some LogOutput, format: LogFormat, level: LogLevel = .info,
        byteLimit: Int = TelemetryLimits.logQueueBytes, time: any TimeSource = SystemTime(),
        redactor: SecretRedactor? = nil
    ) throws(SystemError) {
        self.format = format
        self.time = time
        self.redactor = redactor
        renderer = LogRenderer(format: format)
        threshold = Atomic(level.rawValue)
        queue = Mutex(LogQueue(byteLimit: byteLimit))
        wake = try WakeEvent()
        ended = try Latch()
        _ = try Thread("log") { [self] in run(output) }
    }

    /// Whether lines of this level are written.
    @inlinable public func isOn(_ level: LogLevel) -> Bool {
        level.rawValue >= threshold.load(ordering: .relaxed)
    }

    /// Changes the lowest level that is written.
    public func setLevel(_ level: LogLevel) {
        threshold.store(level.rawValue, ordering: .relaxed)
    }

    /// Lines dropped so far because the queue was full or the output failed.
    public var droppedCount: Int { dropped.load(ordering: .relaxed) }

    /// Writes what waits and ends the writer. Lines logged afterwards are dropped.
    /// - Parameter limit: How long to wait for an output that blocks.
    /// - Returns: Whether everything was handed over in time.
    @discardableResult public func close(within limit: Duration = .seconds(2)) -> Bool {
        queue.withLock { $0.close() }
        wake.raise()
        return ended.wait(atMost: limit)
    }

    func push(_ line: [UInt8]) {
        let line = redactor?.redacted(line) ?? line
        switch queue.withLock({ $0.append(line) }) {
        case .taken: break
        case .takenWhileWriterWaits: wake.raise()
        case .dropped: dropped.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// The writer's thread.
    private func run(_ output: some LogOutput) {
        while true {
            let batch = queue.withLock { $0.take() }
            if batch.isEmpty {
                wake.wait()
                continue
            }
            let lines = batch.bytes + dropNotice(batch.droppedCount)
            if !lines.isEmpty, !output.write(lines) {
                dropped.wrappingAdd(batch.lineCount, ordering: .relaxed)
            }
            if batch.isLast { break }
        }
        ended.open()
    }

    private func dropNotice(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        var line: [UInt8] = []
        renderer.begin(.warning, "log lines dropped", at: time.wallMilliseconds, to: &line)
        renderer.append(.count, .integer(count), to: &line)
        renderer.end(&line)
        return line
    }
}
