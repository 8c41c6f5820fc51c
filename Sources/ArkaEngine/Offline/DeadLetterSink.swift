import ArkaJSON
import ArkaModel
public import ArkaStream
public import ArkaSystem

/// Takes the records of a file that could not be decided.
public protocol DeadLetterSink: AnyObject {
    /// Takes one; may keep it in memory until ``flush()``.
    /// - Throws: ``SystemError`` if it cannot be kept.
    func add(_ letter: OfflineDeadLetter) throws(SystemError)
    /// Gives everything taken so far to the system.
    /// - Throws: ``SystemError`` if it cannot be written.
    func flush() throws(SystemError)
}

/// A line that could not be decided.
public struct OfflineDeadLetter {
    /// The file as the user named it.
    public let file: String
    /// The line's number, from 1.
    public let line: Int64
    /// What is wrong with it.
    public let reason: DeadLetterReason
    /// The line itself.
    public let payload: [UInt8]

    /// Describes a dead letter.
    public init(file: String, line: Int64, reason: DeadLetterReason, payload: [UInt8]) {
        self.file = file
        self.line = line
        self.reason = reason
        self.payload = payload
    }
}

/// Writes dead letters as JSON lines, with the original bytes.
public final class DeadLetterFile: DeadLetterSink {
    private let writer: FileWriter

    /// Writes to a file or standard output.
    public init(_ writer: FileWriter) { self.writer = writer }

    /// Writes one line.
    public func add(_ letter: OfflineDeadLetter) throws(SystemError) {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string("arka.dead_letter/1")
        json.name("file")
        json.string(letter.file)
        json.name("line")
        json.integer(letter.line)
        json.name("code")
        json.string(letter.reason.code.rawValue)
        json.name("path")
        json.string(letter.reason.path)
        json.name("reason")
        json.string(letter.reason.reason)
        append(letter.payload, to: &json)
        json.endObject()
        try writer.write(json.bytes)
        try writer.write("\n")
    }

    /// Gives everything to the system.
    public func flush() throws(SystemError) { try writer.flush() }

    /// The payload as text where it is text, otherwise as hexadecimal digits; cut if it is large.
    private func append(_ payload: [UInt8], to json: inout JSONWriter) {
        let isCut = payload.count > EngineLimits.deadLetterPayloadBytes
        let shown = isCut ? Array(payload[..<EngineLimits.deadLetterPayloadBytes]) : payload
        if let text = String(validating: shown, as: UTF8.self) {
            json.name("payload")
            json.string(text)
        } else {
            json.name("payload_hex")
            json.string(hexadecimal(shown))
        }
        guard isCut else { return }
        json.name("payload_truncated")
        json.boolean(true)
        json.name("payload_bytes")
        json.integer(payload.count)
        json.name("payload_sha256")
        json.string(hexadecimal(SHA256.digest(of: payload)))
    }
}

/// Keeps a summary of dead letters for people: how many of each kind, and the first few places.
public final class DeadLetterSummary: DeadLetterSink {
    private var counts: [DeadLetterCode: Int] = [:]
    private var first: [String] = []

    /// Begins with none.
    public init() {}

    /// Counts one and remembers its place if it is among the first.
    public func add(_ letter: OfflineDeadLetter) {
        counts[letter.reason.code, default: 0] += 1
        guard first.count < EngineLimits.deadLettersShown else { return }
        let reason = letter.reason
        first.append(
            "\(letter.file):\(letter.line): \(reason.code.rawValue) \(reason.path) \(reason.reason)"
        )
    }

    /// Has nothing to write.
    public func flush() {}

    /// Lines for standard error; empty if there were none.
    public var lines: [String] {
        guard !counts.isEmpty else { return [] }
        let total = counts.values.reduce(0, +)
        var lines = first
        if total > first.count { lines.append("… and \(total - first.count) more") }
        let kinds = DeadLetterCode.allCases.compactMap { code in
            counts[code].map { "\(code.rawValue)=\($0)" }
        }
        lines.append("dead letters: " + kinds.joined(separator: " "))
        return lines
    }
}
