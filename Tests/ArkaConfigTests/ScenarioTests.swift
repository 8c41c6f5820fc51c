import ArkaConfig
import ArkaModel
import Testing

@Suite struct ScenarioTests {
    private func load(_ spec: String) -> Loaded<ScenarioSpec> {
        let head = "apiVersion: arka.io/v1\nkind: Scenario\nmetadata:\n  name: s\nspec:\n"
        return loadScenario(
            path: "dir/s.yaml", environment: [:],
            files: TestFiles.memory(["dir/s.yaml": head + spec]))
    }

    @Test func `what is left out has a default, and paths start at the document`() throws {
        let loaded = load("  topology: ../t.yaml\n  messages: m.jsonl\n")
        #expect(rendered(loaded.diagnostics) == "")
        let scenario = try #require(loaded.value)
        #expect(scenario.name == "s")
        #expect(scenario.topology == "dir/../t.yaml" && scenario.messages == "dir/m.jsonl")
        #expect(scenario.partitions == 16 && scenario.repeats == 3 && scenario.lanes == nil)
        #expect(scenario.guarantees == [.atLeastOnce, .exactlyOnce])
        #expect(scenario.comparesWithFloor && scenario.compression == .none)
        #expect(scenario.ratioMax == nil)
    }

    @Test func `everything can be said`() throws {
        let loaded = load(
            """
              topology: t.yaml
              messages: m.jsonl
              records: 1000
              partitions: 4
              lanes: 1
              guarantees: [exactly_once]
              repeats: 1
              floor: false
              compression: lz4
              ratio_max: 1.8
            """)
        #expect(rendered(loaded.diagnostics) == "")
        let scenario = try #require(loaded.value)
        #expect(scenario.records == 1_000 && scenario.partitions == 4 && scenario.lanes == 1)
        #expect(scenario.guarantees == [.exactlyOnce] && scenario.repeats == 1)
        #expect(!scenario.comparesWithFloor && scenario.compression == .lz4)
        #expect(try scenario.ratioMax == ExactDecimal("1.8"))
    }

    @Test func `all mistakes are told at once, each with its place`() {
        let loaded = load(
            """
              topolgy: t.yaml
              messages: m.jsonl
              records: 0
              guarantees: [exactly_twice]
              ratio_max: -1
            """)
        #expect(loaded.value == nil)
        #expect(rendered(loaded.diagnostics) == Self.mistakes)
    }

    @Test func `a guarantee that is named twice is refused`() {
        let loaded = load(
            "  topology: t\n  messages: m\n  guarantees: [exactly_once, exactly_once]\n")
        #expect(loaded.value == nil)
        #expect(rendered(loaded.diagnostics).contains("dir/s.yaml:8:15: error:"))
        #expect(rendered(loaded.diagnostics).contains("'guarantees' names one twice"))
    }

    @Test(arguments: ["rules-10", "rules-100", "rules-1000"])
    func `the scenarios that the project ships load without a word`(name: String) throws {
        let loaded = loadScenario(
            path: "bench/scenarios/\(name).yaml", environment: [:], files: TestFiles.onDisk)
        #expect(rendered(loaded.diagnostics) == "")
        let scenario = try #require(loaded.value)
        #expect(scenario.name == name)
        #expect(scenario.topology == "bench/scenarios/../workload/\(name).yaml")
        #expect(scenario.comparesWithFloor && scenario.compression == .none)
        #expect(scenario.partitions == 16)
    }

    private static let mistakes = """
        dir/s.yaml:6:3: error: unknown key 'topolgy' [ARKA-DOC-0009]
          topolgy: t.yaml
          ^~~~~~~
          expected one of topology, messages, records, partitions, lanes, guarantees, repeats, floor, \
        compression, ratio_max; did you mean 'topology'?
        dir/s.yaml:6:3: error: 'spec' has no 'topology' [ARKA-DOC-0010]
          topolgy: t.yaml
          ^
          expected the key 'topology'
        dir/s.yaml:8:12: error: 'records' cannot be '0' [ARKA-DOC-0012]
          records: 0
                   ^
          expected a whole number from 1 to 100000000
        dir/s.yaml:9:16: error: 'guarantees[0]' cannot be 'exactly_twice' [ARKA-DOC-0012]
          guarantees: [exactly_twice]
                       ^~~~~~~~~~~~~
          expected exactly_once or at_least_once; did you mean 'exactly_once'?
        dir/s.yaml:10:14: error: 'ratio_max' cannot be '-1' [ARKA-DOC-0012]
          ratio_max: -1
                     ^~
          expected a number above 0, such as 1.8

        """
}
