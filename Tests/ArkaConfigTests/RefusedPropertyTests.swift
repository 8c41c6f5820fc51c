import ArkaConfig
import ArkaKafka
import Testing

@Suite struct RefusedPropertyTests {
    @Test func `whatever the Kafka client refuses, documents refuse with a place`() {
        let byClient = Set(KafkaSettings.refusals.keys)
        #expect(byClient.subtracting(refusedKafkaProperties.keys) == [])
    }

    @Test(arguments: [
        "security.protocol", "sasl.mechanisms", "sasl.password", "ssl.ca.location",
        "compression.codec", "linger.ms", "client.rack", "isolation.level", "fetch.min.bytes",
        "statistics.interval.ms", "message.max.bytes", "debug",
    ])
    func `what the promise does not rest on is passed through`(name: String) {
        #expect(refusedKafkaProperties[name] == nil)
    }
}
