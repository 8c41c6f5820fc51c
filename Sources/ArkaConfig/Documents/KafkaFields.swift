import ArkaDocuments
import ArkaModel

/// The section `kafka`, which a topology and an engine document may both have.
let kafkaSection = Section<KafkaConnectionSpec>(
    KafkaConnectionSpec(),
    [
        Field(
            "bootstrap",
            .list(
                of: .text("host:port", isAllowed: isBrokerAddress), countRange: 0...64,
                separator: ","),
            into: \.bootstrap, absence: "none: 'run' needs one, 'eval' does not",
            example: "[kafka-1:9092, kafka-2:9092]",
            """
            Brokers to ask first, as a list or as one text with commas. The engine document's replace \
            the topology's.
            """),
        Field(
            "properties",
            .map(
                keys: "a librdkafka property",
                to: .text("the property's value", bytesMax: 64 << 10, isBlock: true) { _ in true },
                isSecret: isSecretKafkaProperty),
            into: \.freeProperties, absence: "none", example: "{security.protocol: SSL}",
            """
            Passed to librdkafka as they are, except those that the delivery promise rests on, which \
            are refused with the reason. The engine document's win one by one.
            """),
    ])

extension KafkaConnectionSpec {
    /// The properties as a document gives them.
    fileprivate var freeProperties: FreeMap {
        get {
            FreeMap(
                properties.sorted { $0.key < $1.key }.map { name, value in
                    FreeMap.Entry(name, value, isSecret: secretProperties.contains(name))
                })
        }
        set {
            properties = [:]
            secretProperties = []
            for entry in newValue.entries {
                properties[entry.key] = entry.value
                if entry.isSecret { secretProperties.insert(entry.key) }
            }
        }
    }

    /// The connection with the places of its parts.
    func placed(in document: Document<some Sendable>) -> KafkaConnectionSpec {
        var result = self
        result.bootstrapPlace = document.places["kafka.bootstrap"]
        for name in properties.keys {
            result.propertyPlaces[name] = document.keyPlaces["kafka.properties." + name]
        }
        return result
    }

    /// The properties that cannot be passed through, each refused at its place.
    func refusedProperties(in document: Document<some Sendable>) -> [Diagnostic] {
        properties.keys.sorted().compactMap { name in
            guard let reason = refusedKafkaProperties[name] else { return nil }
            return Diagnostic(
                .configKafkaProperty, "'\(name)' cannot be passed through: \(reason)",
                at: document.keyPlaces["kafka.properties." + name] ?? document.start)
        }
    }
}

/// Whether a text is `host:port` or `[address]:port`.
private func isBrokerAddress(_ text: String) -> Bool {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
        let port = UInt16(text[text.index(after: colon)...]), port > 0
    else { return false }
    let host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    return host.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        && (isBracketed || !host.contains(":"))
}
