import ArkaModel

/// Writes lines with fields of its own. A cheap value: copy it, give it more fields, pass it down.
///
/// Messages are constants, so that equal events have equal texts; what varies goes into fields.
public struct Logger: Sendable {
    /// The log that it writes to.
    public let sink: LogSink
    /// The bound fields, rendered once.
    private var bound: [UInt8] = []

    /// Makes a logger without fields.
    public init(_ sink: LogSink) { self.sink = sink }

    /// A logger that adds these fields to each line.
    public func with(_ fields: LogFields) -> Logger {
        var logger = self
        for (key, value) in fields { sink.renderer.append(key, value, to: &logger.bound) }
        return logger
    }

    /// Writes a line that helps to find a fault; the fields are not evaluated below the level.
    @inlinable public func trace(
        _ message: StaticString, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.trace, message, fields())
    }

    /// Writes a line about a batch.
    @inlinable public func debug(
        _ message: StaticString, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.debug, message, fields())
    }

    /// Writes a line about start, stop or reassignment.
    @inlinable public func info(
        _ message: StaticString, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.info, message, fields())
    }

    /// Writes a line about something odd from which the program recovered.
    @inlinable public func warning(
        _ message: StaticString, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.warning, message, fields())
    }

    /// Writes a line about lost data, or for which a person is needed.
    @inlinable public func error(
        _ message: StaticString, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.error, message, fields())
    }

    /// Writes a line of any level; below the log's level this is one load and one compare.
    @inlinable public func log(
        _ level: LogLevel, _ message: StaticString, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        if sink.isOn(level) { write(level, message, fields()) }
    }

    @usableFromInline @inline(never)
    func write(_ level: LogLevel, _ message: StaticString, _ fields: LogFields) {
        var line: [UInt8] = []
        line.reserveCapacity(192 + bound.count)
        sink.renderer.begin(level, message, at: sink.time.wallMilliseconds, to: &line)
        line += bound
        for (key, value) in fields { sink.renderer.append(key, value, to: &line) }
        sink.renderer.end(&line)
        sink.push(line)
    }
}
