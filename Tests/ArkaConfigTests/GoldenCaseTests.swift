import ArkaConfig
import ArkaJSON
import ArkaModel
import ArkaRules
import Testing

/// The golden cases of the topologies that the project ships, by the rules' plain tree walk. The
/// evaluation has to agree with it; that is tested there.
@Suite struct GoldenCaseTests {
    private static let folder = "topologies/card-payments/"

    @Test(arguments: ["amounts", "watched"])
    func `every decided case fires its rules and gets its status`(name: String) throws {
        let topology = try #require(
            loadTopology(
                path: Self.folder + "topology.yaml", environment: [:], files: TestFiles.onDisk
            ).value)
        let interpreter = try #require(
            RuleInterpreter(
                topology.rules.sources, layout: topology.record,
                onUnknown: topology.rules.onUnknown))
        let path = Self.folder + "cases/\(name).yaml"
        let cases = try #require(loadCases(path: path, files: TestFiles.onDisk).value)
        var decided = 0
        for golden in cases {
            guard case .decision(let status, let rules) = golden.outcome else { continue }
            let record = parseJSON(SourceText(name: golden.name, text: golden.record))
            let results = interpreter.evaluate(RecordValue(try #require(record.root)))
            let fired = results.filter { $0.truth == .yes }.map(\.rule)
            #expect(fired == rules, "\(golden.name)")
            let statuses = topology.rules.book.rules.filter { fired.contains($0.name) }
                .flatMap { $0.actions.map(\.status) }
            #expect(statuses.max() ?? .compliant == status, "\(golden.name)")
            decided += 1
        }
        #expect(decided >= 5)
    }

    @Test func `every rule of card-payments fires in some case`() throws {
        let topology = try #require(
            loadTopology(
                path: Self.folder + "topology.yaml", environment: [:], files: TestFiles.onDisk
            ).value)
        var fired: Set<String> = []
        for name in ["amounts", "watched"] {
            let path = Self.folder + "cases/\(name).yaml"
            for golden in try #require(loadCases(path: path, files: TestFiles.onDisk).value) {
                if case .decision(_, let rules) = golden.outcome { fired.formUnion(rules) }
            }
        }
        #expect(fired == Set(topology.rules.book.rules.map(\.name)))
    }
}

extension RecordValue {
    /// A record as the tree walk sees it.
    fileprivate init(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number: self = node.exactDecimal.map(RecordValue.number) ?? .outOfRange
        case .string(let text): self = .string(Array(text.utf8))
        case .array(let items): self = .array(items.map(RecordValue.init))
        case .object(let members):
            let values = members.map { (Array($0.name.utf8), RecordValue($0.value)) }
            self = .object(Dictionary(values) { _, _ in .duplicate })
        }
    }
}
