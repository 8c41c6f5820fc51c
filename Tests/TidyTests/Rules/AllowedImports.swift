/// Which target may import which: the arrows of the architecture, written a second time on purpose.
///
/// `Package.swift` says what is imported now; this table says what may be. To add an arrow, write why
/// in a decision record first.
enum AllowedImports {
    /// Modules that come with the toolchain and the system; Foundation is not among them.
    static let toolchain: Set<String> = ["Glibc", "Musl", "Synchronization"]
    /// What tests may import besides.
    static let toolchainForTests: Set<String> = toolchain.union(["Foundation", "Testing"])

    /// The stages: they never import each other. What they share stands below them.
    static let stages: Set<String> = [
        "ArkaEvaluate", "ArkaCalls", "ArkaActions", "ArkaKafka",
    ]

    static let table: [String: Set<String>] = [
        // Vocabulary
        "ArkaModel": [],
        "ArkaStream": ["ArkaModel"],
        "ArkaResilience": ["ArkaModel"],
        "ArkaSystem": ["ArkaModel", "CSystem", "CCrypto", "CZstd"],
        "ArkaTelemetry": ["ArkaModel", "ArkaSystem"],
        "ArkaText": ["ArkaModel", "CRE2"],
        "ArkaJSON": ["ArkaModel", "ArkaText"],
        "ArkaCommandLine": ["ArkaModel"],
        // Stages
        "ArkaRules": ["ArkaModel", "ArkaText"],
        "ArkaEvaluate": ["ArkaModel", "ArkaStream", "ArkaText", "ArkaRules", "CKernels"],
        "ArkaKafka": ["ArkaModel", "ArkaStream", "ArkaSystem", "ArkaTelemetry", "CRdkafka"],
        "ArkaCalls": [
            "ArkaModel", "ArkaJSON", "ArkaResilience", "ArkaRules", "ArkaStream", "ArkaTelemetry",
            "PactPlugins",
        ],
        // Plugins
        "PactPlugins": ["ArkaModel", "ArkaJSON"],
        "ArkaAudit": ["ArkaModel", "ArkaJSON", "ArkaStream", "ArkaSystem", "PactPlugins"],
        "ArkaHTTP": ["ArkaModel", "ArkaSystem", "CCurl", "CSystem", "PactPlugins"],
        // Documents
        "ArkaDocuments": ["ArkaModel", "ArkaJSON", "CYaml"],
        "ArkaConfig": [
            "ArkaModel", "ArkaDocuments", "ArkaJSON", "ArkaResilience", "ArkaRules", "PactPlugins",
        ],
        // Assembly
        "ArkaPipeline": ["ArkaModel", "ArkaStream", "ArkaTelemetry"],
        "ArkaSecrets": ["ArkaModel", "ArkaSystem", "PactPlugins"],
        "ArkaEngine": [
            "ArkaModel", "ArkaStream", "ArkaSystem", "ArkaTelemetry", "ArkaJSON", "ArkaRules",
            "ArkaEvaluate", "ArkaKafka", "ArkaDocuments", "ArkaConfig", "ArkaPipeline",
            "ArkaAudit", "ArkaCalls", "ArkaHTTP", "ArkaResilience", "ArkaSecrets", "PactPlugins",
        ],
        "ARKA": [
            "ArkaAudit",
            "ArkaModel", "ArkaStream", "ArkaSystem", "ArkaRules", "ArkaEvaluate", "ArkaConfig",
            "ArkaCalls", "ArkaHTTP", "ArkaEngine", "ArkaResilience", "PactPlugins",
        ],
        "PactTesting": [
            "ArkaModel", "ArkaJSON", "ArkaConfig", "ArkaResilience", "ArkaRules", "ArkaEngine",
            "PactPlugins",
        ],
        "ArkaAdmin": ["ArkaModel", "ArkaSystem", "ArkaTelemetry", "ArkaEngine", "CMicrohttpd"],
    ]

    /// The program may import all of ours, and no C library: those stand behind one target each.
    static func mayImport(_ target: String, _ imported: String) -> Bool {
        if target == "pact" || target == "PactProgram" { return !imported.hasPrefix("C") }
        return table[target, default: []].contains(imported)
    }
}
