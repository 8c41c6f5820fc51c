import ArkaConfig
import ArkaModel
import ArkaRules
import Testing

/// What plugins' functions take and answer, as documents say it.
@Suite struct FunctionTableTests {
    private static let sanctions = """
        apiVersion: arka.io/v1
        kind: FunctionTable
        metadata: {name: sanctions-list}
        spec:
          data_sources:
            - name: check_sanctions
              description: Looks an entity up in sanctions lists.
              parameters:
                - {name: entity_id, type: string}
                - {name: entity_type, type: string, default: individual, enum: [individual, company]}
                - {name: fuzzy, type: boolean, required: false}
              result:
                - {name: is_sanctioned, type: boolean}
                - {name: since, type: string, format: date-time, required: false}
                - name: matches
                  type: array
                  items: {type: object, members: [{name: score, type: number}]}
          actions:
            - {name: report, parameters: [{name: limit, type: integer, default: 5}]}
        """

    private func read(_ texts: String...) -> Loaded<FunctionTable> {
        readFunctionTables(
            texts.enumerated().map { SourceText(name: "f\($0.offset).yaml", text: $0.element) })
    }

    @Test func `a table says of each function what rules are checked against`() throws {
        let loaded = read(Self.sanctions)
        #expect(rendered(loaded.diagnostics) == "")
        let table = try #require(loaded.value)
        #expect(table.plugins == ["sanctions_list"])
        let check = try #require(table.function("sanctions_list", "check_sanctions"))
        #expect(check.kind == .dataSource)
        #expect(check.summary == "Looks an entity up in sanctions lists.")
        #expect(check.parameters.map(\.isRequired) == [true, false, false])
        #expect(check.parameters.map(\.defaultValue) == [nil, "\"individual\"", nil])
        #expect(
            check.parameters[1].schema
                == .constrained(
                    .init(
                        types: .string,
                        allowed: [
                            .string(Array("individual".utf8)), .string(Array("company".utf8)),
                        ]
                    )))
        let matches = RecordSchema.constrained(
            .init(
                types: .object,
                properties: [.init("score", isRequired: true, .constrained(.init(types: .number)))])
        )
        #expect(
            check.result
                == .constrained(
                    .init(
                        types: .object,
                        properties: [
                            .init(
                                "is_sanctioned", isRequired: true,
                                .constrained(.init(types: .boolean))),
                            .init(
                                "since", isRequired: false,
                                .constrained(.init(types: .string, isDateTime: true))),
                            .init(
                                "matches", isRequired: true,
                                .constrained(.init(types: .array, items: matches))),
                        ])))
        let report = try #require(table.function("sanctions_list", "report"))
        #expect(report.kind == .action && report.result == .any)
        #expect(report.parameters.first?.defaultValue == "5")
    }

    @Test func `everything wrong in all tables is told at once`() {
        let loaded = read(
            """
            apiVersion: arka.io/v1
            kind: FunctionTable
            metadata: {name: 2fa}
            spec:
              enrichments:
                - {name: a, parameters: [{name: x}, {name: x}]}
                - {name: a, result: [{name: y, type: strin}, {name: z, type: number, members: [{name: q}]}]}
                - {name: b, parameters: [{name: p, required: true, default: 1}]}
                - {name: c-d}
            """,
            Self.sanctions, Self.sanctions)
        #expect(loaded.value == nil)
        let shown = rendered(loaded.diagnostics)
        for words in [
            "rules cannot name the plugin '2fa'", "'x' is declared twice", "'a' is declared twice",
            "did you mean 'string'?", "'members' of an object only",
            "'p' has a default and is required", "f0.yaml:9:14: error: 'name' cannot be 'c-d'",
            "the plugin 'sanctions-list' has a table in f1.yaml already",
        ] {
            #expect(shown.contains(words), "\(words) in \(shown)")
        }
    }

    @Test func `a topology checks its rules against its tables and lists`() throws {
        let files = [
            "t/topology.yaml": topology, "t/functions/sanctions.yaml": Self.sanctions,
            "t/rules/a.pact": """
            list risky from "lists/risky.csv" column "iso2"
            rule screened(on_unknown: review) {
                when {
                    transaction.country in list.risky
                    plugin.sanctions_list.check_sanctions(entity_id: transaction.id).is_sanctioned
                }
                then { reject(reason: "listed") }
            }
            """,
            "t/rules/lists/risky.csv": "iso2,name\nKP,North Korea\n",
        ]
        let loaded = load(files)
        #expect(
            loaded.diagnostics.allSatisfy { $0.severity == .warning },
            "\(rendered(loaded.diagnostics))")
        let rules = try #require(loaded.value?.rules)
        #expect(rules.listFiles.map(\.name) == ["t/rules/lists/risky.csv"])
        #expect(rules.functions.plugins == ["sanctions_list"])
        #expect(loaded.value?.jurisdiction == "EU")
        let place = try #require(rules.calledFunctions.first?.place)
        #expect(place.source.position(at: place.range.start) == SourcePosition(line: 5, column: 9))
        let refusal = try #require(loaded.value.flatMap { refusedCalls($0, runsActions: true) })
        #expect(refusal.rendered().contains("plugin.sanctions_list.check_sanctions"))
        #expect(refusal.rendered().contains("pact rules test"))
    }

    @Test func `a list or a table that is missing is named where it is asked for`() {
        let loaded = load([
            "t/topology.yaml": topology,
            "t/rules/a.pact": """
            list risky from "risky.csv"
            rule a(on_unknown: review) {
                when { transaction.country in list.risky }
                then { reject(reason: "x") }
            }
            """,
        ])
        #expect(loaded.value == nil)
        let shown = rendered(loaded.diagnostics)
        #expect(shown.contains("t/topology.yaml"))
        #expect(shown.contains("t/rules/a.pact:1:17: error: cannot read 'risky.csv': no such file"))
    }

    private func load(_ files: [String: String]) -> Loaded<TopologySpec> {
        loadTopology(path: "t/topology.yaml", environment: [:], files: TestFiles.memory(files))
    }

    private var topology: String {
        """
        apiVersion: arka.io/v1
        kind: Topology
        metadata: {name: t}
        spec:
          jurisdiction: EU
          source: {topic: in, group: g}
          rules: {files: [rules/*.pact], functions: [functions/*.yaml]}
          decisions: {topic: out}
        """
    }
}
