import ArkaConfig
import ArkaDocuments
import ArkaModel
import ArkaRules
import Testing

@Suite struct TopologyTests {
    private let rule = "rule r { when { transaction.amount > 1 } then { reject(reason: \"r\") } }"

    private func load(
        _ spec: String, files: [String: String] = [:], overrides: [String] = [],
        environment: [String: String] = [:]
    ) -> Loaded<TopologySpec> {
        let head = "apiVersion: arka.io/v1\nkind: Topology\nmetadata: {name: t}\nspec:\n"
        var texts = ["d/t.yaml": head + spec, "d/a.pact": rule]
        texts.merge(files) { $1 }
        return loadTopology(
            path: "d/t.yaml", environment: environment, overrides: overrides,
            files: TestFiles.memory(texts))
    }

    private let minimal = """
          source: {topic: in, group: g}
          rules: {files: [a.pact], on_unknown: ignore}
          decisions: {topic: out}

        """

    @Test func `what a topology does not say has its default`() throws {
        let topology = try #require(load(minimal).value)
        let plain = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out")
        #expect(topology.source == plain.source)
        #expect(topology.source.start == .earliest)
        #expect(topology.record == RecordLayout())
        #expect(topology.record == plain.record)
        #expect(topology.deadLettersTopic == "out.dlq")
        #expect(topology.guarantee == plain.guarantee)
        #expect(topology.commitInterval == plain.commitInterval)
        #expect(topology.kafka == KafkaConnectionSpec())
        #expect(topology.rules.onUnknown == .ignore)
        #expect(topology.rules.book.rules.map(\.name) == ["r"])
    }

    @Test func `options change a topology before it is checked`() throws {
        let loaded = load(
            minimal, files: ["d/b.pact": rule.replacing("rule r", with: "rule b")],
            overrides: [
                "source.start=latest", "rules.files=b.pact,a.pact", "guarantee=at_least_once",
                "record.roots.transaction=$", "kafka.bootstrap=k:1", "commit_interval=1s",
            ])
        #expect(rendered(loaded.diagnostics.filter { $0.severity == .error }) == "")
        let topology = try #require(loaded.value)
        #expect(topology.source.start == .latest)
        #expect(topology.rules.book.rules.map(\.name) == ["b", "r"])
        #expect(topology.guarantee == .atLeastOnce)
        #expect(topology.record.roots == [RecordLayout.Root(name: "transaction", path: [])])
        #expect(topology.kafka.bootstrap == ["k:1"])
        #expect(topology.commitInterval == .seconds(1))
    }

    @Test func `patterns match names in order, and no file is read twice`() throws {
        let other = { (name: String) in rule.replacing("rule r", with: "rule \(name)") }
        let loaded = load(
            minimal.replacing("[a.pact]", with: "[rules/b*.pact, a.pact, ./rules/b?.pact]"),
            files: [
                "d/rules/b2.pact": other("b2"), "d/rules/b1.pact": other("b1"),
                "d/rules/b10.pact": other("b10"), "d/rules/c.pact": other("c"),
                "d/rules/b3.txt": "nothing", "d/rules/.b.pact": "nothing",
            ])
        let topology = try #require(loaded.value)
        #expect(topology.rules.book.rules.map(\.name) == ["b1", "b10", "b2", "r"])
        #expect(topology.rules.sources.first?.name == "d/rules/b1.pact")
    }

    @Test(arguments: [
        ("2026-01-01T00:00:00Z", 1_767_225_600_000), ("1970-01-01T00:00:00.999999Z", 999),
        ("2024-02-29T23:59:60Z", 1_709_251_200_000), ("1969-12-31T23:00:00-01:00", 0),
        ("2026-01-01t01:30:00.5+01:30", 1_767_225_600_500),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000),
    ])
    func `a start can be a date and time`(text: String, milliseconds: Int64) {
        let loaded = load(minimal, overrides: ["source.start=" + text])
        #expect(loaded.value?.source.start == .timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "2025-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z", "2026-01-01T00:00:00", "2026-01-01", "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "2026-1-1T00:00:00Z",
        "2026-01-01T00:00:00Zx", "now", "",
    ])
    func `a start is nothing else`(text: String) {
        let loaded = load(minimal, overrides: ["source.start=" + text])
        #expect(loaded.value == nil)
        #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.code) == [.documentRange])
    }

    @Test(arguments: ["$x", "$..a", "$.a.", "a", "", "$.a b", "$.a[0]", "$['a']", "$.a*"])
    func `a path into records is a row of names`(path: String) {
        #expect(load(minimal, overrides: ["record.id=" + path]).value == nil)
    }

    @Test func `a dead-letter topic that would be too long is refused`() {
        let name = String(repeating: "a", count: 246)
        #expect(load(minimal, overrides: ["decisions.topic=" + name]).value == nil)
        let loaded = load(
            minimal, overrides: ["decisions.topic=" + name, "dead_letters.topic=dead"])
        #expect(loaded.value != nil)
    }

    @Test func `names from the environment are not shown either`() {
        let spec =
            minimal.replacing("[a.pact]", with: "['${V}', '${V}*', '${V}/*/x', '*/${V}']")
            + "  record: {schema: '${V}', id: '$.${V}.x', event_time: '$.${V}.y'}\n"
            + "  kafka: {bootstrap: '${V}', properties: {group.id: '${V}'}}\n"
        for value in ["hunter2", "hunter2\n", "hunter2:1"] {
            let loaded = load(spec, environment: ["V": value])
            #expect(loaded.diagnostics.count >= 5)
            #expect(!rendered(loaded.diagnostics).contains("hunter2"))
        }
        let schema = load(
            minimal + "  record: {schema: s.json, id: '$.${V}'}\n",
            files: [
                "d/s.json": "{\"type\": \"object\", \"properties\": {}, \"required\": [\"a\"]}"
            ],
            environment: ["V": "hunter2"])
        #expect(schema.diagnostics.contains { $0.code == .configRecordPath })
        #expect(!rendered(schema.diagnostics).contains("hunter2"))
    }

    @Test func `a pattern that matches very many files is refused`() {
        let files = Dictionary(
            uniqueKeysWithValues: (0..<1_001).map { ("d/many/\($0).pact", "// none\n") })
        let loaded = load(minimal.replacing("a.pact", with: "many/*.pact"), files: files)
        #expect(loaded.diagnostics.map(\.code) == [.configNoFiles])
    }

    @Test func `a topology that is not there is one error`() {
        let loaded = loadTopology(path: "none", environment: [:], files: TestFiles.memory([:]))
        #expect(loaded.diagnostics.map(\.code) == [.configFile])
        #expect(rendered(loaded.diagnostics).hasPrefix("none:1:1: error: cannot read 'none'"))
    }
}
