import ArkaConfig
import ArkaModel
import ArkaRules
import Testing

/// The documents that the project ships.
@Suite struct ProjectDocumentTests {
    private let workloads = [10, 100, 1_000]

    private func load(
        _ path: String, _ environment: [String: String] = [:]
    ) -> Loaded<TopologySpec> {
        loadTopology(path: path, environment: environment, files: TestFiles.onDisk)
    }

    @Test func `card-payments loads without a word`() throws {
        let loaded = load("topologies/card-payments/topology.yaml")
        #expect(rendered(loaded.diagnostics) == "")
        let topology = try #require(loaded.value)
        #expect(topology.name == "card-payments")
        #expect(topology.kafka.bootstrap == ["127.0.0.1:9092"])
        #expect(topology.decisionsTopic == "card-payments.decisions")
        #expect(topology.deadLettersTopic == "card-payments.decisions.dlq")
        #expect(topology.record.eventTimePath == ["timestamp"])
        #expect(
            topology.rules.sources.map(\.name) == [
                "topologies/card-payments/rules/amounts.pact",
                "topologies/card-payments/rules/watched.pact",
            ])
    }

    @Test func `only one rule of card-payments has the amount or the limit in its name`() throws {
        let topology = try #require(load("topologies/card-payments/topology.yaml").value)
        let names = topology.rules.book.rules.map(\.name)
        #expect(names.filter { $0.contains("amount") || $0.contains("220") } == ["amount_over_220"])
        #expect((3...5).contains(names.count))
    }

    @Test func `the workload loads with 10, 100 and 1,000 rules`() throws {
        for count in workloads {
            let loaded = load("bench/workload/rules-\(count).yaml")
            // The rules were made up at random, and some of them contradict themselves.
            let others = loaded.diagnostics.filter { "\($0.code)" != "ARKA-RULE-0060" }
            #expect(rendered(others) == "")
            let topology = try #require(loaded.value)
            #expect(topology.rules.book.rules.count == count)
            #expect(topology.guarantee == .exactlyOnce)
            #expect(topology.deadLettersTopic == "workload.decisions.dlq")
        }
    }

    @Test func `scripts choose brokers, topics, group and guarantee by the environment`() throws {
        let environment = [
            "PACT_BOOTSTRAP": "a:1,b:2", "PACT_SOURCE_TOPIC": "in", "PACT_DECISIONS_TOPIC": "out",
            "PACT_GROUP": "g", "PACT_GUARANTEE": "at_least_once",
        ]
        let paths =
            workloads.map { "bench/workload/rules-\($0).yaml" } + [
                "topologies/card-payments/topology.yaml"
            ]
        for path in paths {
            let topology = try #require(load(path, environment).value)
            #expect(topology.kafka.bootstrap == ["a:1", "b:2"])
            #expect(topology.source == SourceSpec(topic: "in", group: "g"))
            #expect(topology.decisionsTopic == "out")
            #expect(topology.deadLettersTopic == "out.dlq")
            #expect(topology.guarantee == .atLeastOnce)
            let other = environment.merging(["PACT_DEAD_LETTER_TOPIC": "dead"]) { $1 }
            #expect(load(path, other).value?.deadLettersTopic == "dead")
        }
    }

    @Test(arguments: ["amounts", "watched"])
    func `the golden cases of card-payments can be read`(name: String) throws {
        let path = "topologies/card-payments/cases/\(name).yaml"
        let loaded = loadCases(path: path, files: TestFiles.onDisk)
        #expect(rendered(loaded.diagnostics) == "")
        let cases = try #require(loaded.value)
        #expect(cases.count >= 9)
        #expect(Set(cases.map(\.name)).count == cases.count)
    }
}
