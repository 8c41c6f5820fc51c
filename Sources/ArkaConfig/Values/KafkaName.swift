/// The expectation behind ``isKafkaName(_:)``.
let kafkaNameWords = "letters, digits, '.', '_' and '-', at most 249"

/// Whether a text can be the name of a topic, by Kafka's own rule.
///
/// Groups and instances follow it too: Kafka would take anything, but their names become parts of
/// other ids and of paths below `data_dir`.
func isKafkaName(_ name: String) -> Bool {
    (1...249).contains(name.utf8.count) && name != "." && name != ".."
        && name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-")
        }
}
