import ArkaConfig
import ArkaModel
import Testing

/// What is found in a plugin's folder.
@Suite struct PluginProjectTests {
    /// The guide's project, as it should be.
    static let good: [String: String] = [
        "p/plugin.yaml": """
        apiVersion: arka.io/v1
        kind: PluginManifest
        metadata:
          name: my-custom-plugin
          version: 1.0.0
          description: Custom compliance plugin
        spec:
          entrypoint: my_plugin.plugin:MyPlugin
          types: [data_source, action]
          exports:
            data_sources:
              - name: check_entity
                description: Check entity against custom database
                parameters:
                  - {name: entity_id, type: string, required: true}
            actions:
              - name: log_event
                description: Log compliance event
                parameters:
                  - {name: event_type, type: string, required: true}
          permissions:
            network: [api.myservice.com]
            secrets: [my-plugin/api-key]
        """,
        "p/src/my_plugin/__init__.py": "",
        "p/src/my_plugin/plugin.py": #"""
        from .models import Other as Renamed
        class MyPlugin(DataSourcePlugin):
            key_name = "my-plugin/api-key"

            @data_source(name="check_entity", description="Check", cache_ttl=ttl(3600))
            async def check_entity(self): ...

            @action(
                name='log_event',  # not "name=x"
                description="""Log
                it""")
            async def log_event(self): ...
        """#,
        "p/config/default.yaml": "api_endpoint: https://api.myservice.com\napi_key: ${API_KEY}\n",
        "p/tests/test_plugin.py": #"config = {"api_key": "sk_live_0123456789abcdef"}"#,
        "p/CHANGELOG.md": "# 1.0.0\n",
    ]

    /// The form of a cloud service's key, in two parts: no scanner shall take it for one.
    static let shaped = "AKIA" + "IOSFODNN7ABCDEFG"

    /// Checks the project with some files changed and some removed.
    private func check(
        _ changes: [String: String] = [:], removing removed: [String] = [],
        registered: [FunctionSignature]? = nil
    ) -> [Diagnostic] {
        var files = Self.good
        for path in removed { files["p/" + path] = nil }
        for (path, text) in changes { files["p/" + path] = text }
        return checkPluginProject(
            folder: "p", registered: { $0 == "my-custom-plugin" ? registered : nil },
            files: folderTree(files)
        ).diagnostics
    }

    private func changing(_ old: String, to new: String, in path: String = "plugin.yaml")
        -> [Diagnostic]
    {
        let text = Self.good["p/" + path] ?? ""
        #expect(text.contains(old))
        return check([path: text.replacing(old, with: new)])
    }

    @Test func `a folder full of faults costs a bounded amount, and its errors come first`() {
        let secrets = (0..<2_000).map { "token\($0) = \"aB3dE6gH9\"\n" }.joined()
        let found = check(["src/a.py": secrets, "src/my_plugin/plugin.py": "class Other: pass"])
        #expect(found.count == 501)
        #expect(found.contains { $0.code == .projectEntrypoint && $0.severity == .error })
        #expect(found.contains { $0.message.hasSuffix("more problems are not shown") })
        // Brackets that nobody closes: each list of arguments would go on to the end of the text.
        let open = String(repeating: "@action(", count: 100_000)
        #expect(check(["src/b.py": open]).isEmpty)
    }

    @Test func `a project as the guide has it is fine`() {
        #expect(check().isEmpty, "\(rendered(check()))")
    }

    @Test func `a folder without a manifest is none of a plugin`() {
        let found = check(removing: ["plugin.yaml"])
        #expect(found.map(\.code) == [.projectManifest])
        #expect(found[0].severity == .error && found[0].source.name == "p/plugin.yaml")
    }

    // acceptance: S-109
    @Test(arguments: [
        ("my_plugin.plugn:MyPlugin", "my_plugin.plugin"), ("my_plugin.plugin:MyPlugn", "MyPlugin"),
        ("other:MyPlugin", nil), ("my_plugin:MyPlugin", nil), ("my_plugin.plugin:DataSource", nil),
    ])
    func `an entry point that is not there is named with what is near`(
        entrypoint: String, near: String?
    ) throws {
        let found = changing("my_plugin.plugin:MyPlugin", to: entrypoint)
        let problem = try #require(found.first)
        #expect(found.map(\.code) == [.projectEntrypoint])
        #expect(problem.severity == .error && problem.suggestion == near, "\(rendered(found))")
        #expect(problem.position == SourcePosition(line: 8, column: 15))
        for name in ["MyPlugin", "Renamed"] {
            #expect(changing("my_plugin.plugin:MyPlugin", to: "my_plugin.plugin:\(name)").isEmpty)
        }
    }

    @Test func `the entry point of a plugin in Swift is a type of its module`() {
        let sources = [
            "Sources/Mine/Plugin.swift":
                "public struct MyPlugin: DataSourcePlugin {}\n// class Other"
        ]
        let removed = Self.good.keys.filter { $0.hasSuffix(".py") }.map { String($0.dropFirst(2)) }
        for (entrypoint, codes): (String, [DiagnosticCode]) in [
            ("Mine:MyPlugin", []), ("Mine:Other", [.projectEntrypoint]),
            ("Mien:MyPlugin", [.projectEntrypoint]),
        ] {
            var changes = sources
            changes["plugin.yaml"] = Self.good["p/plugin.yaml"]?
                .replacing("my_plugin.plugin:MyPlugin", with: entrypoint)
                .replacing("  types:", with: "  dependencies: {swift: \">=6.0\"}\n  types:")
            let found = check(changes, removing: removed).filter { $0.code == .projectEntrypoint }
            #expect(found.map(\.code) == codes, "\(entrypoint)")
        }
    }

    // acceptance: S-129
    @Test func `all errors of all files are said at once, with their lines`() {
        let manifest = (Self.good["p/plugin.yaml"] ?? "")
            .replacing("version: 1.0.0", with: "version: one")
            .replacing("my_plugin.plugin:", with: "my_plugin.plugn:")
            .replacing("types: [data_source, action]", with: "types: [data_source, enrichment]")
            .replacing("description: Log", with: "descripton: Log")
        let found = check(["plugin.yaml": manifest, "config/default.yaml": "a: [1\nb: 'x"])
        let errors = found.filter { $0.severity == .error }
        #expect(
            Set(errors.map { "\($0.source.name):\($0.position.line)" }).isSuperset(of: [
                "p/plugin.yaml:5", "p/plugin.yaml:8", "p/plugin.yaml:9", "p/plugin.yaml:17",
                "p/plugin.yaml:18",
            ]), "\(rendered(found))")
        #expect(errors.contains { $0.source.name == "p/config/default.yaml" })
        #expect(errors.contains { $0.suggestion == "description" })
        #expect(check().isEmpty)
    }

    // acceptance: S-165
    @Test func `a function without a description is a warning, in the manifest and in the sources`()
    {
        let exported = changing("\n        description: Log compliance event", to: "")
        #expect(exported.map(\.code) == [.projectUndescribed])
        #expect(exported[0].severity == .warning)
        #expect(exported[0].message == "the function 'log_event' has no description")
        // X-6: the guide declares some of its functions with nothing but a name.
        let declared = changing(
            ", description=\"Check\"", to: "", in: "src/my_plugin/plugin.py")
        #expect(declared.map(\.code) == [.projectUndescribed])
        #expect(declared[0].severity == .warning && declared[0].position.line == 5)
        #expect(check().isEmpty)
    }

    @Test func `exports and decorators that differ are warnings where each stands`() {
        let found = changing(
            "\"check_entity\"", to: "\"check_entty\"", in: "src/my_plugin/plugin.py")
        #expect(found.map(\.code) == [.projectExports, .projectExports])
        #expect(found.allSatisfy { $0.severity == .warning })
        #expect(found[0].source.name == "p/plugin.yaml" && found[0].suggestion == "check_entty")
        #expect(found[1].source.name == "p/src/my_plugin/plugin.py")
    }

    @Test func `exports must be what a linked plugin registers`() {
        let text = RecordSchema.constrained(.init(types: .string))
        let check = FunctionSignature(
            plugin: "p", name: "check_entity", kind: .dataSource, summary: "s",
            parameters: [.init("entity_id", text)])
        let log = FunctionSignature(
            plugin: "p", name: "log_event", kind: .action, summary: "s",
            parameters: [.init("event_type", text)])
        #expect(self.check(registered: [check, log]).isEmpty)
        #expect(self.check(registered: [check]).map(\.code) == [.projectExports])
        var more = log
        more.name = "log_more"
        #expect(
            self.check(registered: [check, log, more]).first?.message.contains("'log_more'") == true
        )
        for change: (inout FunctionSignature) -> Void in [
            { $0.kind = .enrichment }, { $0.parameters[0].name = "entity" },
            { $0.parameters[0].isRequired = false }, { $0.parameters.append(.init("extra", text)) },
            { $0.parameters[0].schema = .constrained(.init(types: .object)) },
        ] {
            var other = check
            change(&other)
            let found = self.check(registered: [other, log])
            #expect(!found.isEmpty)
            #expect(found.allSatisfy { $0.code == .projectExports && $0.severity == .error })
            #expect(found.allSatisfy { $0.position.line > 10 })
        }
    }

    private static let secrets: [(path: String, text: String, secret: String)] = [
        ("src/my_plugin/plugin.py", "API_KEY = \"9f8a7b6c5d4e3f2a\"", "9f8a7b6c5d4e3f2a"),
        ("src/my_plugin/plugin.py", "api_key: str = 'Zx81QwErTy'", "Zx81QwErTy"),
        ("src/my_plugin/plugin.py", "headers = {\"x-auth-token\": \"abc12345def\"}", "abc12345def"),
        (
            "src/my_plugin/plugin.py", "p = os.environ.get(\"DB_PASSWORD\", \"swordfish\")",
            "swordfish"
        ),
        (
            "src/my_plugin/plugin.py", "call(\"\(PluginProjectTests.shaped)\")",
            PluginProjectTests.shaped
        ),
        ("pyproject.toml", "# ' it\n[tool.mine]\ntoken = 'abc12345def'\n", "abc12345def"),
        ("config/other.json", "{\"api_key\": \"abc12345def\"}", "abc12345def"),
        ("config/default.yaml", "db:\n  password: hunter2\n", "hunter2"),
        ("config/default.yaml", "list: [sk_live_0123456789abcdef]\n", "sk_live_0123456789abcdef"),
        ("config/default.yaml", "apiKey: \"9f8a7b6c5d4e3f2a\"\nb: [1\n", "9f8a7b6c5d4e3f2a"),
    ]

    // acceptance: S-163
    @Test(arguments: secrets)
    func `what looks like a secret is a warning that does not show it`(
        path: String, text: String, secret: String
    ) {
        let found = check([
            path: (path.hasSuffix(".py") ? Self.good["p/" + path] ?? "" : "") + "\n" + text
        ])
        let secrets = found.filter { $0.code == .projectSecret }
        // A document that cannot be read tells nothing; it shows nothing either.
        #expect(secrets.count == (text.contains("[1") ? 0 : 1), "\(rendered(found))")
        #expect(secrets.allSatisfy { $0.severity == .warning && $0.source.name == "p/" + path })
        #expect(!rendered(found).contains(secret))
        #expect(
            !found.contains { String(decoding: $0.source.utf8, as: UTF8.self).contains(secret) })
    }

    @Test(arguments: [
        "SECRET_NAME = \"my-plugin/key-1\"", "password = os.environ[\"PASSWORD1\"]",
        "API_KEY_ENV = \"MY_API_KEY_2\"", "token_url = \"https://a.test/token1\"",
        "api_key = \"your-key-here-1\"", "# api_key = \"9f8a7b6c5d4e3f2a\"",
        "api_key = f\"{prefix}12345678\"",
        "secret = \"api-key\"",
    ])
    func `names of secrets and stand-ins are no secrets`(line: String) {
        let text = (Self.good["p/src/my_plugin/plugin.py"] ?? "") + "\n" + line
        #expect(check(["src/my_plugin/plugin.py": text]).isEmpty)
    }

    @Test func `a secret in a line that another problem shows is starred there too`() {
        let line = #"    @action(name="other", api_key="9f8a7b6c5d4e3f2a")"#
        let text = (Self.good["p/src/my_plugin/plugin.py"] ?? "") + "\n" + line
        let found = check(["src/my_plugin/plugin.py": text])
        #expect(Set(found.map(\.code)) == [.projectExports, .projectUndescribed, .projectSecret])
        #expect(!rendered(found).contains("9f8a7b6c5d4e3f2a"))
    }

    // acceptance: S-164
    @Test func `wildcards and permissions that nothing uses are warnings`() {
        let wild = changing("[api.myservice.com]", to: "[\"*.myservice.com\"]")
        #expect(wild.map(\.code) == [.projectWildcard])
        #expect(wild[0].severity == .warning && wild[0].position.line == 22)
        let unused = changing(
            "secrets: [my-plugin/api-key]",
            to: "secrets: [my-plugin/api-key, my-plugin/other]\n    environment: [API_KEY, UNUSED]")
        #expect(unused.map(\.code) == [.projectUnusedPermission, .projectUnusedPermission])
        #expect(unused[0].message.contains("my-plugin/other"))
        #expect(unused[1].message.contains("UNUSED"))
        let host = changing("api.myservice.com", to: "api.other.com", in: "plugin.yaml")
        #expect(host.map(\.code) == [.projectUnusedPermission])
        #expect(check().isEmpty)
    }

    // acceptance: S-167
    @Test func `missing tests and a missing changelog are warnings`() {
        let tests = check(["tests/__init__.py": ""], removing: ["tests/test_plugin.py"])
        #expect(tests.map(\.code) == [.projectTests] && tests[0].severity == .warning)
        let changelog = check(removing: ["CHANGELOG.md"])
        #expect(changelog.map(\.code) == [.projectChangelog] && changelog[0].severity == .warning)
        #expect(check().isEmpty)
    }

    @Test func `whatever stands in the files of a folder, it is looked through`() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "@action(", "name=\"", "'", "\"\"\"", "\\", "\n", "#", "class ", "(", ")", "api_key",
            "=", ":", "é",
            "/*", "//", "\u{0}", "- ", "  ", "{", "[", "sk_live_", "9f8a7b6c5d4e3f2a",
        ]
        for _ in 0..<300 {
            let text = { (random: inout SystemRandomNumberGenerator) in
                (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            }
            let found = check([
                "src/my_plugin/plugin.py": text(&random), "config/default.yaml": text(&random),
                "Sources/A/B.swift": text(&random),
            ])
            // Each place is within its text, or rendering would end the program.
            #expect(!rendered(found).isEmpty)
        }
    }

    @Test func `a folder that holds too much is looked through in part, and says so`() {
        var many: [String: String] = [:]
        for index in 0..<6_000 { many["z/\(index).txt"] = "" }
        #expect(check(many).map(\.code) == [.projectTooLarge])
        // What was not seen is not said to be missing.
        #expect(check(many, removing: ["CHANGELOG.md"]).map(\.code) == [.projectTooLarge])
        let large = check(["src/large.py": String(repeating: "#", count: 2 << 20)])
        #expect(large.map(\.code) == [.projectTooLarge])
    }
}

/// Files in memory that can be listed folder by folder.
private func folderTree(_ texts: [String: String]) -> FileAccess {
    FileAccess(
        read: { path in texts[path].map { .success(Array($0.utf8)) } ?? .failure(.missing) },
        list: { directory in
            let prefix = directory.hasSuffix("/") ? directory : directory + "/"
            let names = texts.keys.filter { $0.hasPrefix(prefix) }.compactMap { path in
                path.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
            }
            return names.isEmpty ? .failure(.missing) : .success(Array(Set(names)))
        })
}
