import ARKA
import ArkaConfig
import ArkaEngine
import ArkaModel
import PactPlugins
import Testing

/// A plugin that says by a JSON Schema what its configuration must be.
private struct SchemaPlugin: EnrichmentPlugin {
    static let metadata = PluginMetadata(
        name: "schooled", version: "1.0.0", description: "Has a schema",
        configJSONSchema: #"""
            {"properties": {"lists": {"items": {"enum": ["OFAC", "UN"]}, "minItems": 1}},
             "required": ["lists"], "additionalProperties": false}
            """#)

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        Enrichment("say", "Says it") {
            Parameter("word", String.self)
        } answerAtOnce: { word in
            EnrichmentResult(enrichments: ["text": .string(word)])
        }
    }
}

/// Whoever loads a plugin holds its configuration against its schema.
@Suite struct ConfigurationSchemaTests {
    private let registry = PluginRegistry().linking(SchemaPlugin.self, namespace: "own")

    /// What the check of a topology says of a configuration.
    private func problems(_ configuration: String) -> [String] {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins: [{plugin: own/schooled, config: \(configuration)}]
            """
        let rule = """
            rule r {
                when { plugin.schooled.say(word: "a").text == "a" }
                then { reject(reason: "a") }
            }
            """
        let texts = ["t.yaml": document, "a.pact": rule]
        let loaded = loadTopology(
            path: "t.yaml", environment: [:], plugins: registry.linked,
            files: FileAccess(
                read: { path in
                    texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
                }, list: { _ in .success([]) }))
        return loaded.diagnostics.filter { $0.severity == .error }.map(\.message)
    }

    // acceptance: S-32
    @Test func `the check of a topology and the manager of plugins refuse it with the key's path`()
        async throws
    {
        let refused = problems("{lists: [OFAC, EU], list: 1}")
        #expect(refused.count == 1)
        for part in ["lists[1] must be one of 'OFAC', 'UN'", "list is not known here"] {
            #expect(refused.first?.contains(part) == true, "\(refused)")
        }
        #expect(problems("{lists: [OFAC]}").isEmpty, "\(problems("{lists: [OFAC]}"))")

        let manager = PluginManager(registry)
        await #expect {
            try await manager.load("own/schooled", config: ["lists": []])
        } throws: { error in
            "\(error)".contains("lists must have at least 1 element, not 0")
        }
        #expect(manager.loaded.isEmpty)
        try await manager.load("own/schooled", config: ["lists": ["UN"]])
        await manager.shutdown()
    }
}
