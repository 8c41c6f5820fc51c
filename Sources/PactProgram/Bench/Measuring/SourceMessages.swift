import ArkaCommandLine
import ArkaJSON
import ArkaKafka
import ArkaModel
import ArkaSystem
import ArkaTelemetry

/// The messages that fill a source topic, each with the id of its transaction as key.
struct SourceMessages {
    private var messages: [(key: [UInt8]?, value: [UInt8])] = []

    /// Mean bytes of a message.
    var meanBytes: Double {
        let bytes = messages.reduce(0) { $0 + $1.value.count }
        return messages.isEmpty ? 0 : Double(bytes) / Double(messages.count)
    }

    /// Reads a file of JSON lines into memory.
    /// - Parameter idPath: Where the transaction's id is.
    /// - Throws: `SystemError` if the file cannot be read or holds nothing.
    init(path: String, idPath: [String]) throws(SystemError) {
        let lines = try LineReader(path: path)
        var line: [UInt8] = []
        var bytesLeft = BenchLimits.messageBytesMax
        while messages.count < BenchLimits.messagesMax, bytesLeft > 0,
            try lines.nextLine({ line = copy($0) })
        {
            bytesLeft -= line.count
            messages.append((Self.key(of: line, idPath), line))
        }
        guard !messages.isEmpty else { throw SystemError(.cannotReadFile, path, "it has no lines") }
    }

    private static func key(of line: [UInt8], _ path: [String]) -> [UInt8]? {
        var node = parseJSON(SourceText(name: "message", utf8: line)).root
        for name in path { node = node?[name] }
        switch node?.kind {
        case .string(let text), .number(let text): return Array(text.utf8)
        default: return nil
        }
    }

    /// The most of these records that the embedded broker keeps, with room for partitions that get
    /// more than their share.
    func embeddedRecordsMax(partitions: Int) -> Int {
        let recordBytes = meanBytes + Double(BenchLimits.embeddedRecordOverheadBytes)
        let bytes = Double(BenchLimits.embeddedPartitionBytes * partitions) * 0.75
        return max(1, Int(bytes / recordBytes))
    }
}

extension SourceMessages {
    /// Writes records into a topic, beginning again with the first message after the last.
    /// - Parameter continues: Asked now and then.
    /// - Throws: ``KafkaError``.
    func fill(
        _ topic: String, records: Int, connection: KafkaConnection, logger: Logger,
        while continues: () -> Bool
    ) throws(KafkaError) {
        let filler = try TopicFiller(connection, topic: topic, logger: logger)
        defer { filler.close() }
        let columns = StandardStream.error.columns
        let time = SystemTime()
        var line = ProgressLine(
            "filling", unit: "records", columns: columns ?? 80, now: time.monotonic)
        while filler.count < records {
            let message = messages[filler.count % messages.count]
            try filler.append(message.value, key: message.key)
            guard filler.count % 1_000 == 0 else { continue }
            guard continues() else { break }
            let fraction = Double(filler.count) / Double(records)
            let text = line.update(count: filler.count, fraction: fraction, now: time.monotonic)
            if columns != nil, let text { StandardStream.error.write(text) }
        }
        if columns != nil { StandardStream.error.write(line.clear()) }
        try filler.flush()
    }
}
