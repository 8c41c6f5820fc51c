import ArkaModel
import ArkaSystem
import ArkaTelemetry
import Foundation
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct LogTests {
    let output = CapturedOutput()

    @Test func `a JSON line has time, level, message, bound and own fields, in this order`() throws
    {
        let sink = try sink(.json)
        let logger = Logger(sink).with([.topology: "cards", .lane: 1])
        logger.warning(
            "broker unreachable",
            [.reason: .text("a \"b\"\n\u{1B}[2J"), .milliseconds: .number(1.5), LogKey("ok"): true])
        sink.close()
        #expect(
            output.text
                == #"{"time":"2026-03-01T10:20:30.045Z","level":"warning","#
                + #""message":"broker unreachable","topology":"cards","lane":1,"#
                + #""reason":"a \"b\"\n\u001b[2J","milliseconds":1.5,"ok":true}"# + "\n")
        #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(output.text.utf8))
        }
    }

    @Test func `a text line quotes only what would be misread`() throws {
        let sink = try sink(.text)
        Logger(sink).info(
            "assigned",
            [.topic: "payments", .reason: "two words", .path: "", LogKey("x"): "a=b"])
        sink.close()
        let expected =
            "2026-03-01 10:20:30.045 info     assigned  topic=payments "
            + "reason=\"two words\" path=\"\" x=\"a=b\"\n"
        #expect(output.text == expected)
    }

    @Test(arguments: [LogFormat.text, .json])
    func
        `no value drives a terminal or begins a line, not by control characters of two bytes either`(
            format: LogFormat
        ) throws
    {
        let sink = try sink(format)
        Logger(sink).info(
            "x", [.reason: "\u{7F}\u{85}é\u{9B}2J\u{9F}\u{A0}\u{1F600}", .path: "\u{9B}2J"])
        sink.close()
        #expect(
            output.text.contains("\"\\u007f\\u0085é\\u009b2J\\u009f\u{A0}\u{1F600}\""),
            "\(output.text)")
        #expect(output.text.contains("\"\\u009b2J\""))
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000"), (951_782_400_000, "2000-02-29T00:00:00.000"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999"), (-1, "1969-12-31T23:59:59.999"),
        (1_709_251_199_000, "2024-02-29T23:59:59.000"),
    ])
    func `time stamps are right around leap days and before 1970`(
        milliseconds: Int64, text: String
    ) throws {
        let sink = try sink(.json, at: milliseconds)
        Logger(sink).info("x")
        sink.close()
        #expect(output.text.hasPrefix("{\"time\":\"\(text)Z\""))
    }

    @Test(arguments: [LogFormat.text, .json])
    func `a secret is never in the line`(format: LogFormat) throws {
        let sink = try sink(format)
        Logger(sink).error("login refused", [LogKey("password"): .redacted("hunter2")])
        sink.close()
        #expect(output.text.contains("[redacted]"))
        #expect(!output.text.contains("hunter2"))
    }

    @Test func `below the level nothing is written or evaluated`() throws {
        let sink = try sink(.text, level: .warning)
        var evaluated = 0
        func fields() -> LogFields {
            evaluated += 1
            return [:]
        }
        let logger = Logger(sink)
        logger.info("quiet", fields())
        logger.warning("loud", fields())
        sink.setLevel(.trace)
        logger.trace("now", fields())
        sink.close()
        #expect(evaluated == 2)
        #expect(output.lines.count == 2)
    }

    @Test func `a reader that blocks costs lines, which are counted and reported, and no time`()
        throws
    {
        output.isBlocked.withLock { $0 = true }
        let sink = try LogSink(
            to: output, format: .text, byteLimit: 1000, time: FixedTime(milliseconds: 0))
        for _ in 0..<100 { Logger(sink).info("a line of fifty bytes or so, more or less") }
        let dropped = sink.droppedCount
        #expect(dropped > 50)
        #expect(!sink.close(within: .milliseconds(1)))
        output.unblock()
        #expect(sink.close(within: .seconds(30)))
        let notices = output.lines.filter { $0.contains("log lines dropped") }
        let reported = notices.compactMap { Int($0.split(separator: "=").last ?? "") }
        #expect(reported.reduce(0, +) == dropped)
        #expect(output.lines.count - notices.count == 100 - dropped)
    }

    @Test func `lines that cannot be written count as dropped`() throws {
        output.isBroken.withLock { $0 = true }
        let sink = try sink(.text)
        Logger(sink).info("one")
        Logger(sink).info("two")
        sink.close()
        #expect(sink.droppedCount == 2)
        Logger(sink).info("after the end")
        #expect(sink.droppedCount == 3)
    }

    @Test func `lines of many threads arrive whole`() throws {
        let sink = try sink(.json)
        let threads = try (0..<4).map { number in
            try Thread("t\(number)") {
                let logger = Logger(sink).with([.lane: .integer(number)])
                for count in 0..<500 { logger.info("line", [.count: .integer(count)]) }
            }
        }
        for thread in threads { thread.join() }
        sink.close()
        #expect(output.lines.count == 2000)
        for lane in 0..<4 {
            let own = output.lines.filter { $0.contains("\"lane\":\(lane),") }
            let counts = (0..<500).map { "\"count\":\($0)}" }
            #expect(zip(own, counts).allSatisfy { $0.hasSuffix($1) })
        }
    }

    private func sink(
        _ format: LogFormat, level: LogLevel = .info, at milliseconds: Int64 = 1_772_360_430_045
    ) throws -> LogSink {
        try LogSink(
            to: output, format: format, level: level, time: FixedTime(milliseconds: milliseconds))
    }
}

/// Keeps what is written; can be made to block or to fail.
final class CapturedOutput: LogOutput {
    let written = Mutex<[UInt8]>([])
    let isBlocked = Mutex(false)
    let isBroken = Mutex(false)
    private let released = try? Latch()

    func write(_ lines: [UInt8]) -> Bool {
        if isBlocked.withLock({ $0 }) { released?.wait() }
        if isBroken.withLock({ $0 }) { return false }
        written.withLock { $0 += lines }
        return true
    }

    func unblock() {
        isBlocked.withLock { $0 = false }
        released?.open()
    }

    var text: String { String(decoding: written.withLock { $0 }, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
}

struct FixedTime: TimeSource {
    let milliseconds: Int64
    var monotonic: Duration { .milliseconds(milliseconds) }
    var wallMilliseconds: Int64 { milliseconds }
}
