import ArkaEngine
import ArkaJSON
import ArkaKafka
import ArkaStream
import ArkaSystem

extension RunSummary {
    /// Writes the summary as a JSON document, `arka.run/1`.
    /// - Throws: `SystemError` (`cannotOpenFile`, `cannotWriteFile`).
    func write(to path: String) throws(SystemError) {
        let file = try FileWriter(path: path)
        try file.write(json + [UInt8(ascii: "\n")])
        try file.close()
    }

    /// The document: counts, bytes, seconds, and the settings that bear on speed.
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string("arka.run/1")
        for (name, count) in [
            ("consumed", ledger.consumed), ("decided", ledger.decided),
            ("dead_lettered", ledger.deadLettered), ("skipped", ledger.skipped),
            ("returned", ledger.returned), ("commits", commits), ("decision_bytes", decisionBytes),
        ] {
            json.name(name)
            json.integer(count)
        }
        for (name, time) in [("active_seconds", activeTime), ("start_cpu_seconds", startCPUTime)] {
            json.name(name)
            json.word("\(time / .seconds(1))")
        }
        json.name("settings")
        writeSettings(to: &json)
        json.endObject()
        return json.bytes
    }

    private func writeSettings(to json: inout JSONWriter) {
        json.beginObject()
        for (name, count) in [
            ("lanes", lanes), ("batch_records", batchRecordsMax),
            ("commit_ms", Int(commitInterval / .milliseconds(1))),
        ] {
            json.name(name)
            json.integer(count)
        }
        for (name, properties) in [
            ("consumer", clientSettings?.consumer ?? [:]),
            ("producer", clientSettings?.producer ?? [:]),
        ] {
            json.name(name)
            json.beginObject()
            for (property, value) in properties.sorted(by: { $0.key < $1.key }) {
                json.name(property)
                json.string(value)
            }
            json.endObject()
        }
        json.endObject()
    }
}
