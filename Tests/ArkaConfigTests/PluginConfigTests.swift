import ArkaConfig
import ArkaModel
import PactPlugins
import Testing

/// Documents of `kind: PluginConfig`.
@Suite struct PluginConfigTests {
    /// The document of the plugin guide, as printed there.
    static let guide = """
        # plugin-config.yaml
        apiVersion: arka.io/v1
        kind: PluginConfig
        metadata:
          name: sanctions-list
          namespace: plugins
        spec:
          plugin: pact/sanctions-list
          version: "1.0.0"

          # Plugin-specific configuration
          config:
            api_endpoint: "https://api.sanctions-provider.com"
            api_key: ${SANCTIONS_API_KEY}
            cache_ttl: 3600
            lists:
              - OFAC
              - UN
              - EU

          # Resource limits
          resources:
            cpu: "100m"
            memory: "256Mi"
            timeout: 30s

          # Sandbox settings
          sandbox:
            networkAccess:
              allowed:
                - "api.sanctions-provider.com"
            fileAccess:
              read:
                - "/data/sanctions-cache"
              write: []

          # Logging
          logging:
            level: info
            includeRequestData: false
        """

    /// The sandbox of the guide's chapter on security, in a document of its own.
    static let fullSandbox = """
        apiVersion: arka.io/v1
        kind: PluginConfig
        metadata: {name: my-plugin}
        spec:
          plugin: own/my-plugin
          # Security configuration
          sandbox:
            # Network restrictions
            network:
              enabled: true
              allowedHosts:
                - "api.trusted-service.com"
                - "*.internal.company.com"
              deniedPorts:
                - 22
                - 23
              maxConnections: 10
              timeoutMs: 30000

            # File system restrictions
            filesystem:
              enabled: true
              readPaths:
                - /data/plugins/${PLUGIN_NAME}
                - /config/shared
              writePaths:
                - /tmp/plugins/${PLUGIN_NAME}
              maxFileSize: 10Mi

            # Resource limits
            resources:
              maxCpu: 0.5
              maxMemory: 256Mi
              maxExecutionTime: 30s

            # Syscall restrictions
            syscalls:
              allow:
                - read
                - write
                - open
                - close
                - socket
                - connect
              deny:
                - fork
                - exec
                - ptrace
        """

    private func read(
        _ text: String, environment: [String: String] = ["SANCTIONS_API_KEY": "k-123"]
    ) -> Loaded<PluginConfigSpec> {
        readPluginConfig(SourceText(name: "p.yaml", text: text), environment: environment)
    }

    /// A document with these lines below `spec`.
    private func document(_ lines: String, metadata: String = "{name: p}") -> String {
        "apiVersion: arka.io/v1\nkind: PluginConfig\nmetadata: \(metadata)\n"
            + "spec:\n  plugin: own/p\n" + lines
    }

    @Test func `the guide's document is read as it is printed`() throws {
        let loaded = read(Self.guide)
        #expect(rendered(loaded.diagnostics) == "")
        let spec = try #require(loaded.value)
        #expect(spec.name == "sanctions-list" && spec.namespace == "plugins")
        #expect(spec.reference == "pact/sanctions-list" && spec.ruleName == "sanctions_list")
        #expect(spec.version?.contains(SemanticVersion(1, 0, 0)) == true)
        #expect(spec.version?.contains(SemanticVersion(1, 0, 1)) == false)
        #expect(
            spec.configuration
                == .object([
                    .init("api_endpoint", "https://api.sanctions-provider.com"),
                    .init("api_key", "k-123"), .init("cache_ttl", 3600),
                    .init("lists", ["OFAC", "UN", "EU"]),
                ]))
        #expect(spec.environmentTexts == ["k-123"])
        #expect(spec.logging == PluginLogging(level: .info, includesRequestData: false))
        let policy = spec.sandbox.effective
        #expect(policy.network.hosts?.description == "api.sanctions-provider.com")
        #expect(policy.files.readPaths?.description == "/data/sanctions-cache")
        #expect(policy.files.writePaths?.rules == [])
        #expect(policy.resources.milliCPU == 100 && policy.resources.memoryBytes == 256 << 20)
        #expect(policy.resources.callTime == .seconds(30))
    }

    @Test func `the guide's other sandbox comes to the same model`() throws {
        let loaded = read(Self.fullSandbox)
        #expect(rendered(loaded.diagnostics) == "")
        let policy = try #require(loaded.value).sandbox.effective
        #expect(
            policy
                == SandboxPolicy(
                    network: SandboxPolicy.Network(
                        hosts: HostRules(
                            ["api.trusted-service.com", "*.internal.company.com"].compactMap {
                                HostRule($0)
                            }), deniedPorts: [22, 23], connectionsMax: 10, timeout: .seconds(30)),
                    files: SandboxPolicy.Files(
                        readPaths: PathRules(
                            ["/data/plugins/my-plugin", "/config/shared"].compactMap {
                                PathRule($0)
                            }),
                        writePaths: PathRules(
                            ["/tmp/plugins/my-plugin"].compactMap { PathRule($0) }),
                        fileBytesMax: 10 << 20),
                    resources: SandboxPolicy.Resources(
                        milliCPU: 500, memoryBytes: 256 << 20, callTime: .seconds(30)),
                    syscalls: SandboxPolicy.Syscalls(
                        allowed: ["read", "write", "open", "close", "socket", "connect"],
                        denied: ["fork", "exec", "ptrace"])))
    }

    // acceptance: X-12
    @Test func `all spellings count at once, and the narrowest of each wins`() throws {
        let loaded = read(
            document(
                """
                  resources: {cpu: 100m, memory: 1Gi, timeout: 30}
                  sandbox:
                    networkAccess: {allowed: ["*.a.com", b.com]}
                    fileAccess: {read: [/data], write: []}
                    network: {allowedHosts: [x.a.com, c.com], timeoutMs: 1500}
                    filesystem: {readPaths: [/data/a, /etc], writePaths: [/tmp]}
                    resources: {maxCpu: 0.5, maxMemory: 256Mi, maxExecutionTime: 2s}
                """))
        let policy = try #require(loaded.value).sandbox.effective
        #expect(policy.network.hosts?.description == "x.a.com")
        #expect(policy.network.timeout == .milliseconds(1500))
        #expect(policy.files.readPaths?.description == "/data/a")
        #expect(policy.files.writePaths?.rules == [])
        #expect(policy.resources.milliCPU == 100 && policy.resources.memoryBytes == 256 << 20)
        #expect(policy.resources.callTime == .seconds(2))
        // A manifest's permissions are the third spelling.
        let manifest = try #require(
            readPluginManifest(
                SourceText(name: "plugin.yaml", text: PluginManifestTests.guide)
            ).value)
        let both = (manifest.sandbox + [SandboxPart("hosts", policy)]).effective
        #expect(both.network.hosts?.rules == [], "the two have no host in common")
        #expect(both.secrets == ["my-plugin/api-key"] && both.environment == nil)
    }

    @Test(arguments: [
        ("cpu: 100m", 100), ("cpu: \"100m\"", 100), ("cpu: 0.5", 500), ("cpu: \"0.5\"", 500),
        ("cpu: 2", 2_000), ("cpu: 1.25", 1_250), ("cpu: 0.001", 1),
    ])
    func `processors are parts of one, however they are written`(text: String, milli: Int) throws {
        let loaded = read(document("  resources: {\(text)}"))
        #expect(try #require(loaded.value).sandbox.effective.resources.milliCPU == milli)
    }

    @Test(arguments: [
        ("timeout: 30s", 30_000), ("timeout: 30", 30_000), ("timeout: \"30\"", 30_000),
        ("timeout: \"30s\"", 30_000), ("timeout: 1500ms", 1_500), ("timeout: 1m", 60_000),
    ])
    func `a time without a unit is in seconds`(text: String, milliseconds: Int) throws {
        let loaded = read(document("  resources: {\(text)}"))
        #expect(
            try #require(loaded.value).sandbox.effective.resources.callTime
                == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "resources: {cpu: 0}", "resources: {cpu: 0.0001}", "resources: {cpu: 100M}",
        "resources: {cpu: -1}", "resources: {cpu: 1e3}", "resources: {cpu: .5}",
        "resources: {cpu: 9999999999999999999}", "resources: {cpu: ten}", "resources: {cpu: m}",
        "resources: {memory: 256}", "resources: {memory: 256MB}", "resources: {timeout: 0}",
        "resources: {timeout: 30 s}", "resources: {timeout: 1.5s}", "resources: {timeout: -1}",
        "sandbox: {network: {timeoutMs: 30s}}", "sandbox: {network: {deniedPorts: [0]}}",
        "sandbox: {network: {deniedPorts: [65536]}}", "sandbox: {network: {enabled: no}}",
        "sandbox: {network: {allowedHosts: [\"https://a.com\"]}}",
        "sandbox: {network: {allowedHosts: [\"a.com:443\"]}}",
        "sandbox: {networkAccess: {allowed: [\"*\"]}}", "sandbox: {fileAccess: {read: [data]}}",
        "sandbox: {fileAccess: {read: [/data/../etc]}}", "sandbox: {fileAccess: {write: [\"\"]}}",
        "sandbox: {syscalls: {allow: [Read]}}", "version: latest", "version: \">=2,<1\"",
        "version: \"1.0.0.0\"", "logging: {level: verbose}", "logging: {includeRequestData: 1}",
        "config: [1]", "config: text", "config: {a: 1e99999}",
    ])
    func `a value that a key cannot have is refused where it stands`(line: String) throws {
        let loaded = read(document("  " + line))
        let found = try #require(loaded.diagnostics.first)
        #expect(loaded.value == nil && loaded.diagnostics.count == 1)
        #expect(found.position.line == 6 && found.position.column > 3, "\(found.rendered())")
        #expect(found.expectation != nil, "\(found.rendered())")
    }

    @Test func `an empty list is nothing, a switch that is off too, and no key is no bound`() throws
    {
        let none = try #require(
            read(
                document(
                    "  sandbox: {network: {allowedHosts: []}, filesystem: {enabled: false}}")
            ).value
        ).sandbox.effective
        #expect(none.network.hosts?.rules == [])
        #expect(none.files.readPaths?.rules == [] && none.files.writePaths?.rules == [])
        let off = try #require(
            read(
                document(
                    "  sandbox: {network: {enabled: false}, networkAccess: {allowed: [a.com]}}")
            ).value
        ).sandbox.effective
        #expect(off.network.hosts?.rules == [])
        #expect(try #require(read(document("")).value).sandbox.effective == SandboxPolicy())
    }

    // acceptance: S-60
    @Test func `a document of another version or kind is refused with a hint`() {
        #expect(read(document("")).value != nil)
        let version = read(
            document("").replacing("arka.io/v1", with: "arka.io/v2")
        )
        #expect(version.value == nil)
        #expect(rendered(version.diagnostics).contains("p.yaml:1:13"))
        #expect(rendered(version.diagnostics).contains("expected arka.io/v1"))
        let near = read(document("").replacing("PluginConfig", with: "PluginConfg"))
        #expect(near.value == nil)
        #expect(rendered(near.diagnostics).contains("did you mean 'PluginConfig'?"))
        let other = read(document("").replacing("PluginConfig", with: "Topology"))
        #expect(rendered(other.diagnostics).contains("this is a document of kind 'Topology'"))
        #expect(rendered(other.diagnostics).contains("expected kind: PluginConfig"))
        for line in ["apiVersion: arka.io/v1\n", "kind: PluginConfig\n"] {
            #expect(read(document("").replacing(line, with: "")).value == nil)
        }
    }

    // acceptance: S-65
    @Test func `a variable that is missing is named, and the value of none is ever shown`() {
        let missing = read(Self.guide, environment: ["SANCTION_API_KEY": "k-123"])
        let text = rendered(missing.diagnostics)
        #expect(missing.value == nil)
        #expect(text.contains("the environment variable 'SANCTIONS_API_KEY' is not set"))
        #expect(text.contains("p.yaml:14:14") && text.contains("did you mean 'SANCTION_API_KEY'?"))
        #expect(!text.contains("k-123"))
        #expect(read(Self.guide).value?.configuration["api_key"] == "k-123", "where it is set")
        // Where a value of the environment is wrong, its name is shown.
        let wrong = read(
            document("  resources: {cpu: \"${CPU}\"}"), environment: ["CPU": "secret-cpu"])
        let shown = rendered(wrong.diagnostics)
        #expect(shown.contains("${CPU}") && !shown.contains("secret-cpu"), "\(shown)")
    }

    @Test func `a plugin's name in a path is the document's own, and cannot lead out of it`() throws
    {
        let paths = "  sandbox: {fileAccess: {read: [\"/data/${PLUGIN_NAME}/x\"]}}"
        let spoofed = read(document(paths), environment: ["PLUGIN_NAME": "../etc"])
        #expect(
            try #require(spoofed.value).sandbox.effective.files.readPaths?.description
                == "/data/p/x")
        #expect(spoofed.value?.environmentTexts == [])
        for name in ["..", "../p", "a/b", "a.b", ""] {
            let loaded = read(document(paths, metadata: "{name: \"\(name)\"}"))
            #expect(loaded.value == nil)
            #expect(loaded.diagnostics.count == 1, "\(rendered(loaded.diagnostics))")
        }
    }

    @Test func `unknown keys are refused with the near name, all at once`() {
        let text = rendered(
            read(
                document(
                    """
                      resource: {}
                      resources: {cpus: 1}
                      sandbox: {network_access: {}, fileAccess: {reads: []}}
                      logging: {includeRequestdata: true}
                    """, metadata: "{name: p, names: x, namespace: A}")
            ).diagnostics)
        for expected in [
            "unknown key 'resource'", "did you mean 'resources'?", "did you mean 'cpu'?",
            "did you mean 'networkAccess'?", "did you mean 'read'?",
            "did you mean 'includeRequestData'?", "unknown key 'names'",
            "'namespace' cannot be 'A'",
        ] {
            #expect(text.contains(expected), "\(expected) in\n\(text)")
        }
    }
}
