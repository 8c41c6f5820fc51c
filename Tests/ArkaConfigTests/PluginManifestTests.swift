import ArkaConfig
import ArkaModel
import ArkaRules
import Testing

/// Documents of `kind: PluginManifest`.
@Suite struct PluginManifestTests {
    /// The manifest of the plugin guide, as printed there.
    static let guide = """
        # plugin.yaml
        apiVersion: arka.io/v1
        kind: PluginManifest
        metadata:
          name: my-custom-plugin
          version: 1.0.0
          description: Custom compliance plugin
          author: Your Organization
          license: Apache-2.0

        spec:
          # Entry point
          entrypoint: my_plugin.plugin:MyPlugin

          # Supported plugin types
          types:
            - data_source
            - action

          # Dependencies
          dependencies:
            python: ">=3.10"
            arka-sdk: ">=1.0.0"
            packages:
              - aiohttp>=3.8.0
              - pydantic>=2.0.0

          # Exposed functions
          exports:
            data_sources:
              - name: check_entity
                description: Check entity against custom database
                parameters:
                  - name: entity_id
                    type: string
                    required: true
                  - name: check_type
                    type: string
                    required: false
                    default: "full"

            actions:
              - name: log_event
                description: Log compliance event
                parameters:
                  - name: event_type
                    type: string
                    required: true
                  - name: details
                    type: object
                    required: true

          # Required permissions
          permissions:
            network:
              - api.myservice.com
            secrets:
              - my-plugin/api-key
        """

    private func read(_ text: String) -> Loaded<PluginManifestSpec> {
        readPluginManifest(SourceText(name: "plugin.yaml", text: text))
    }

    /// The manifest with one text in the place of another.
    private func changed(_ old: String, _ new: String) -> Loaded<PluginManifestSpec> {
        #expect(Self.guide.contains(old))
        return read(Self.guide.replacing(old, with: new))
    }

    @Test func `the guide's manifest is read as it is printed`() throws {
        let loaded = read(Self.guide)
        #expect(rendered(loaded.diagnostics) == "")
        let manifest = try #require(loaded.value)
        #expect(manifest.name == "my-custom-plugin" && manifest.ruleName == "my_custom_plugin")
        #expect(manifest.version == SemanticVersion(1, 0, 0))
        #expect(manifest.description == "Custom compliance plugin")
        #expect(manifest.author == "Your Organization" && manifest.license == "Apache-2.0")
        #expect(manifest.entrypoint == "my_plugin.plugin:MyPlugin")
        #expect(manifest.types == [.dataSource, .action])
        let dependencies = manifest.dependencies
        #expect(dependencies.runtimes["python"]?.contains(SemanticVersion(3, 11, 2)) == true)
        #expect(dependencies.runtimes["python"]?.contains(SemanticVersion(3, 9, 0)) == false)
        #expect(dependencies.sdk?.description == ">=1.0.0")
        #expect(dependencies.packages.map(\.name) == ["aiohttp", "pydantic"])
        #expect(dependencies.packages[0].range.contains(SemanticVersion(3, 8, 0)))
        #expect(manifest.exports.map(\.name) == ["check_entity", "log_event"])
        #expect(manifest.exports.map(\.plugin) == ["my_custom_plugin", "my_custom_plugin"])
        #expect(manifest.permissions.secrets == ["my-plugin/api-key"])
        #expect(manifest.permissions.environment == nil)
        #expect(manifest.places.value("exports.actions[0].name").range.start > 0)
        #expect(
            manifest.places.metadata("version").source.position(
                at: manifest.places.metadata("version").range.start
            ).line == 6)
    }

    // acceptance: S-107
    @Test func `a manifest of another version or kind is refused`() {
        #expect(read(Self.guide).value != nil)
        let version = changed("arka.io/v1", "arka.io/v9")
        #expect(version.value == nil)
        #expect(rendered(version.diagnostics).contains("plugin.yaml:2:13"))
        #expect(rendered(version.diagnostics).contains("expected arka.io/v1"))
        let kind = changed("kind: PluginManifest", "kind: PluginManifset")
        #expect(kind.value == nil)
        #expect(rendered(kind.diagnostics).contains("did you mean 'PluginManifest'?"))
        #expect(changed("kind: PluginManifest\n", "").value == nil)
    }

    // acceptance: S-108
    @Test func `its metadata are checked, and its version is a semantic one`() {
        for (old, new, place) in [
            ("1.0.0\n", "1.0\n", "plugin.yaml:6:12"), ("1.0.0\n", "v1.0.0\n", "plugin.yaml:6:12"),
            ("1.0.0\n", "01.0.0\n", "plugin.yaml:6:12"),
            ("1.0.0\n", "1.0.0-\n", "plugin.yaml:6:12"),
            ("my-custom-plugin", "My_Plugin", "plugin.yaml:5:9"),
            ("Apache-2.0", "\"<html>\"", "plugin.yaml:9:12"),
            ("Apache-2.0", "\"\"", "plugin.yaml:9:12"),
            ("  author:", "  autor:", "plugin.yaml:8:3"),
            ("  name: my-custom", "  title: my", "plugin.yaml:5:3"),
            ("Your Organization", "\"\\x07\"", "plugin.yaml:8:11"),
        ] {
            let loaded = changed(old, new)
            #expect(loaded.value == nil)
            #expect(rendered(loaded.diagnostics).contains(place), "\(rendered(loaded.diagnostics))")
        }
        #expect(changed("  version: 1.0.0\n", "").value == nil, "a version is required")
        #expect(changed("1.0.0\n", "2.1.0-rc.1+b7\n").value?.version.description == "2.1.0-rc.1+b7")
        #expect(changed("  license: Apache-2.0\n", "").value?.license == "")
    }

    @Test(arguments: [
        "plugin", "a:b:c", "a.b:", ":B", "a-b:C", "a..b:C", "../a:B", "a/b:C", "1a:B",
    ])
    func `an entry point is a module and a name`(text: String) {
        let loaded = changed("my_plugin.plugin:MyPlugin", "\"\(text)\"")
        #expect(loaded.value == nil)
        #expect(rendered(loaded.diagnostics).contains("plugin.yaml:13:15"))
    }

    // acceptance: S-110
    @Test func `types and exports must agree`() throws {
        let missing = changed("    - data_source\n", "")
        #expect(
            rendered(missing.diagnostics).contains(
                "'exports' has data_sources, and 'types' does not name them"))
        let surplus = changed("- data_source\n", "- data_source\n    - enrichment\n")
        #expect(
            rendered(surplus.diagnostics).contains(
                "plugin.yaml:18:7: error: 'enrichment' is among the types, and 'exports' has no such"
            ))
        let twice = changed("- data_source\n", "- data_source\n    - action\n")
        #expect(rendered(twice.diagnostics).contains("'action' stands twice"))
        let unknown = changed("- data_source\n", "- datasource\n")
        #expect(rendered(unknown.diagnostics).contains("did you mean 'data_source'?"))
        for loaded in [missing, surplus, twice, unknown] { #expect(loaded.value == nil) }
        let all = changed(
            "    - data_source\n    - action\n",
            "    - action\n    - validation\n    - enrichment\n")
        #expect(all.value == nil)
        let four = Self.guide.replacing(
            "    - action\n", with: "    - action\n    - enrichment\n    - validation\n"
        ).replacing(
            "  exports:\n",
            with: "  exports:\n    enrichments: [{name: e}]\n    validations: [{name: v}]\n")
        #expect(
            try #require(read(four).value).exports.map(\.kind) == [
                .dataSource, .enrichment, .validation, .action,
            ])
    }

    @Test func `a dependency that is no range is refused where it stands`() {
        for (old, new) in [
            ("\">=3.10\"", "latest"), ("\">=1.0.0\"", "\">=2,<1\""),
            ("aiohttp>=3.8.0", "aiohttp=3.8"), ("aiohttp>=3.8.0", "\"a @ https://x.org/a\""),
            ("python:", "pyhton:"),
        ] {
            let loaded = changed(old, new)
            #expect(loaded.value == nil && loaded.diagnostics.count == 1)
        }
    }

    /// What comes of a rule that calls the functions of the guide's manifest.
    private func check(_ rule: String) -> CompiledRules {
        let loaded = readFunctionTables([SourceText(name: "plugin.yaml", text: Self.guide)])
        return compileRules(
            [SourceText(name: "r.pact", text: rule)],
            RuleInputs(onUnknown: .review, functions: loaded.value ?? FunctionTable()))
    }

    private func condition(_ call: String) -> CompiledRules {
        check(
            """
            rule r {
                when { plugin.my_custom_plugin.\(call).hit == true }
                then { reject(reason: "r") }
            }
            """)
    }

    private func action(_ call: String) -> CompiledRules {
        check(
            """
            rule r { when { transaction.a == 1 } then { plugin.my_custom_plugin.\(call) } }
            """)
    }

    // acceptance: S-114
    @Test func `rules that ask are checked against the exported data sources`() {
        #expect(condition("check_entity(entity_id: \"e\")").book != nil)
        #expect(condition("check_entity(entity_id: \"e\", check_type: \"x\")").book != nil)
        for wrong in [
            "check_entity()", "check_entity(entity_id: 1)", "check_entity(entity: \"e\")",
            "check_entities(entity_id: \"e\")", "log_event(event_type: \"e\", details: null)",
        ] {
            #expect(condition(wrong).book == nil, "\(wrong)")
        }
        let near = rendered(condition("check_entty(entity_id: \"e\")").diagnostics)
        #expect(near.contains("did you mean 'check_entity'?"), "\(near)")
    }

    // acceptance: S-115
    @Test func `rules that act are checked against the exported actions`() {
        let good = "log_event(event_type: \"e\", details: transaction.details)"
        #expect(action(good).book != nil)
        for wrong in [
            "log_event(event_type: \"e\")", "log_event(details: transaction.d)",
            "log_event(event_type: true, details: transaction.d)",
            "check_entity(entity_id: \"e\")",
        ] {
            #expect(action(wrong).book == nil, "\(wrong)")
        }
    }

    @Test func `a parameter with a default need not be given`() throws {
        let manifest = try #require(read(Self.guide).value)
        let parameters = manifest.exports[0].parameters
        #expect(parameters.map(\.name) == ["entity_id", "check_type"])
        #expect(parameters.map(\.isRequired) == [true, false])
        #expect(parameters.map(\.defaultValue) == [nil, "\"full\""])
        let both = changed("required: false", "required: true")
        #expect(rendered(both.diagnostics).contains("'check_type' has a default and is required"))
        #expect(changed("default: \"full\"", "defualt: \"full\"").value == nil)
    }

    // acceptance: S-117
    @Test func `a call with an argument of another type is refused, for every type of JSON`() {
        let literals = [
            "string": "\"s\"", "number": "1.5", "integer": "1", "boolean": "true",
            "array": "[1]", "object": nil,
        ]
        for (type, own) in literals {
            let text = Self.guide.replacing(
                "type: string\n            required: true\n",
                with:
                    "type: \(type)\n            required: true\n")
            let table = readFunctionTables([SourceText(name: "plugin.yaml", text: text)])
            for (other, literal) in literals {
                guard let literal else { continue }
                let rule = """
                    rule r {
                        when { plugin.my_custom_plugin.check_entity(entity_id: \(literal)).h == 1 }
                        then { reject(reason: "r") }
                    }
                    """
                let compiled = compileRules(
                    [SourceText(name: "r.pact", text: rule)],
                    RuleInputs(onUnknown: .review, functions: table.value ?? FunctionTable()))
                let fits = other == type || (type == "number" && other == "integer")
                #expect((compiled.book != nil) == fits, "\(literal) for \(type)")
            }
            #expect(own == nil || table.value != nil)
        }
        #expect(changed("type: object", "type: objekt").value == nil)
    }

    @Test func `a manifest stands beside function tables, one of each plugin`() {
        let table = """
            apiVersion: arka.io/v1
            kind: FunctionTable
            metadata: {name: my-custom-plugin}
            spec: {data_sources: [{name: f}]}
            """
        let loaded = readFunctionTables([
            SourceText(name: "plugin.yaml", text: Self.guide),
            SourceText(name: "table.yaml", text: table),
        ])
        #expect(loaded.value == nil)
        #expect(rendered(loaded.diagnostics).contains("has a table in plugin.yaml already"))
    }
}
