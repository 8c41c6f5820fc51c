import ArkaConfig
import ArkaDocuments
import ArkaModel
import Testing

@Suite struct EngineTests {
    @Test func `without a document every default holds`() {
        let loaded = loadEngine(path: nil, environment: [:], files: TestFiles.memory([:]))
        #expect(loaded.diagnostics == [])
        #expect(loaded.value == EngineSpec())
    }

    @Test func `every field of a full document arrives`() throws {
        let loaded = loadEngine(
            path: "Tests/ArkaConfigTests/Corpus/engine-good/engine.yaml",
            environment: ["PASSWORD": "hunter2"], files: TestFiles.onDisk)
        var engine = try #require(loaded.value)
        #expect(
            engine.kafka.propertyPlaces.keys.sorted() == ["sasl.password", "security.protocol"])
        #expect(engine.kafka.bootstrapPlace?.source.name.hasSuffix("engine.yaml") == true)
        engine.kafka.propertyPlaces = [:]
        engine.kafka.bootstrapPlace = nil
        #expect(
            engine
                == EngineSpec(
                    instanceID: "fraud-eu-1", dataDirectory: "/var/lib/arka", laneCount: 4,
                    membership: .dynamic, sessionTimeout: .seconds(30),
                    transactionTimeout: .seconds(60), messageTimeout: .seconds(30),
                    rowsInFlightMax: 1_000, bytesInFlightMax: 16 << 20, fetchMemoryBytes: 8 << 20,
                    closeTimeout: .seconds(10), admin: AdminSpec(host: "0.0.0.0", port: 0),
                    log: LogSpec(level: .debug, format: .json),
                    kafka: KafkaConnectionSpec(
                        bootstrap: ["kafka-1:9093", "kafka-2:9093"],
                        properties: [
                            "security.protocol": "SASL_SSL", "sasl.password": "hunter2",
                        ], secretProperties: ["sasl.password"])))
    }

    @Test func `options reach the defaults and are checked like a document`() {
        let files = TestFiles.memory([:])
        let good = loadEngine(
            path: nil, environment: [:],
            overrides: ["lanes=2", "log.level=debug", "kafka.properties.client.rack=a"],
            files: files)
        #expect(good.value?.laneCount == 2)
        #expect(good.value?.log.level == .debug)
        #expect(good.value?.kafka.properties == ["client.rack": "a"])
        let bad = loadEngine(
            path: nil, environment: [:],
            overrides: ["lanes=0", "kafka.properties.acks=0", "transaction_timeout=5s"],
            files: files)
        #expect(bad.value == nil)
        #expect(
            bad.diagnostics.map(\.code).sorted { $0.description < $1.description } == [
                .configKafkaProperty, .configConflict, .documentRange,
            ])
    }

    @Test func `a document that is not there is an error, not a default`() {
        let loaded = loadEngine(path: "x.yaml", environment: [:], files: TestFiles.memory([:]))
        #expect(loaded.value == nil)
        #expect(loaded.diagnostics.map(\.message) == ["cannot read 'x.yaml': no such file"])
    }

    @Test func `options go to the document that has their first key`() {
        let options = [
            "lanes=1", "source.topic=a", "kafka.bootstrap=b:1", "log.level=info", "x=1",
            "plugins.path=/p", "plugins=[]",
        ]
        let (topology, engine) = splitOverrides(options)
        #expect(topology == ["source.topic=a", "x=1", "plugins=[]"])
        #expect(engine == ["lanes=1", "kafka.bootstrap=b:1", "log.level=info", "plugins.path=/p"])
    }

    @Test func `the engine's brokers replace the topology's, its properties win one by one`() {
        let topology = KafkaConnectionSpec(
            bootstrap: ["a:1"], properties: ["client.id": "t", "client.rack": "r"],
            secretProperties: ["client.id", "client.rack"])
        let engine = KafkaConnectionSpec(bootstrap: ["b:1"], properties: ["client.id": "e"])
        let both = topology.overridden(by: engine)
        #expect(both.bootstrap == ["b:1"])
        #expect(both.properties == ["client.id": "e", "client.rack": "r"])
        #expect(both.secretProperties == ["client.rack"])
        #expect(topology.overridden(by: KafkaConnectionSpec()) == topology)
    }

    @Test func `a command that needs brokers says where to name them`() {
        #expect(missingBrokers(KafkaConnectionSpec(bootstrap: ["a:1"]), topologyPath: "t") == nil)
        let missing = missingBrokers(KafkaConnectionSpec(), topologyPath: "t.yaml")
        #expect(missing?.code == .configNoBrokers)
        #expect(missing?.source.name == "t.yaml")
    }
}
