// swift-tools-version:6.2
import PackageDescription

/// How far a target may go: `safe` targets do not compile if they touch memory unsafely.
enum Fence {
    case safe, unsafe
}

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Debian library, found through pkg-config and imported through a module map of ours.
func system(_ name: String, _ pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A target of ours. `imports` is the whole list: Tests/TidyTests compares it with the sources.
func target(_ name: String, _ fence: Fence = .safe, imports: [Target.Dependency] = []) -> Target {
    let settings = fence == .safe ? strict + [.strictMemorySafety()] : strict
    return .target(name: name, dependencies: imports, swiftSettings: settings)
}

/// C of ours. Its header holds plain types only; what it includes stands in its `.c` files.
func cTarget(_ name: String) -> Target {
    .target(name: name, cSettings: [.treatAllWarnings(as: .error)])
}

/// C++ of ours around a Debian library, behind a C header with plain types.
func cxxTarget(_ name: String, library: String) -> Target {
    .target(
        name: name, cxxSettings: [.treatAllWarnings(as: .error)],
        linkerSettings: [.linkedLibrary(library)])
}

/// A target of tests; `data` are folders that they read from the source tree.
func tests(
    _ name: String, imports: [Target.Dependency], data: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: imports, exclude: data, swiftSettings: strict)
}

/// A program that is installed.
func program(_ name: String, imports: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: imports, swiftSettings: strict + [.strictMemorySafety()])
}

/// A small program that tests run as a process of its own.
func fixture(_ name: String, imports: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: imports, path: "Tests/Fixtures/" + name, swiftSettings: strict)
}

let package = Package(
    name: "arka",
    // What others build on: plugins of their own, a `pact` that has them, an engine in a program.
    products: [
        .executable(name: "pact", targets: ["pact"]),
        .library(name: "PactPlugins", targets: ["PactPlugins"]),
        .library(name: "PactTesting", targets: ["PactTesting"]),
        .library(name: "PactProgram", targets: ["PactProgram", "ArkaEngine", "ArkaSystem"]),
        .library(name: "ARKA", targets: ["ARKA", "PactPlugins"]),
    ],
    targets: [
        // System libraries
        system("CRdkafka", "rdkafka", apt: "librdkafka-dev"),
        system("CZstd", "libzstd", apt: "libzstd-dev"),
        system("CYaml", "yaml-0.1", apt: "libyaml-dev"),
        system("CCrypto", "libcrypto", apt: "libssl-dev"),
        system("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
        system("CMicrohttpd", "libmicrohttpd", apt: "libmicrohttpd-dev"),
        cTarget("CSystem"),
        cTarget("CKernels"),
        cxxTarget("CRE2", library: "re2"),

        // Vocabulary
        target("ArkaModel"),
        target("ArkaStream", .unsafe, imports: ["ArkaModel"]),
        target("ArkaResilience", imports: ["ArkaModel"]),

        target("ArkaSystem", .unsafe, imports: ["ArkaModel", "CSystem", "CCrypto", "CZstd"]),
        target(
            "ArkaKafka", .unsafe,
            imports: ["ArkaModel", "ArkaStream", "ArkaSystem", "ArkaTelemetry", "CRdkafka"]),
        target("ArkaTelemetry", imports: ["ArkaModel", "ArkaSystem"]),
        target("ArkaCommandLine", imports: ["ArkaModel"]),
        target("ArkaText", .unsafe, imports: ["ArkaModel", "CRE2"]),

        // Stages
        target("ArkaRules", imports: ["ArkaModel", "ArkaText"]),
        target(
            "ArkaEvaluate", .unsafe,
            imports: ["ArkaModel", "ArkaStream", "ArkaText", "ArkaRules", "CKernels"]),

        target(
            "ArkaCalls",
            imports: [
                "ArkaModel", "ArkaResilience", "ArkaRules", "ArkaStream", "PactPlugins",
            ]),

        // Plugins
        target("PactPlugins", imports: ["ArkaModel", "ArkaJSON"]),
        target(
            "ArkaAudit",
            imports: ["ArkaJSON", "ArkaModel", "ArkaStream", "ArkaSystem", "PactPlugins"]),
        target(
            "ArkaHTTP", .unsafe,
            imports: ["ArkaModel", "ArkaSystem", "CCurl", "PactPlugins"]),

        // Documents
        target("ArkaJSON", imports: ["ArkaModel"]),
        target("ArkaDocuments", .unsafe, imports: ["ArkaModel", "CYaml"]),
        target(
            "ArkaConfig",
            imports: [
                "ArkaModel", "ArkaJSON", "ArkaDocuments", "ArkaResilience", "ArkaRules",
                "PactPlugins",
            ]),

        // Assembly
        target("ArkaPipeline", imports: ["ArkaModel", "ArkaStream"]),

        target(
            "ArkaEngine",
            imports: [
                "ArkaAudit", "ArkaCalls", "ArkaConfig", "ArkaEvaluate", "ArkaHTTP", "ArkaJSON",
                "ArkaKafka", "ArkaModel", "ArkaPipeline", "ArkaResilience", "ArkaRules",
                "ArkaStream", "ArkaSystem", "ArkaTelemetry", "PactPlugins",
            ]),
        target(
            "ARKA",
            imports: [
                "ArkaAudit", "ArkaCalls", "ArkaConfig", "ArkaEngine", "ArkaEvaluate", "ArkaHTTP",
                "ArkaModel",
                "ArkaResilience", "ArkaRules", "ArkaStream", "ArkaSystem", "PactPlugins",
            ]),
        target(
            "PactTesting", imports: ["ArkaModel", "ArkaResilience", "ArkaRules", "PactPlugins"]),
        target(
            "ArkaAdmin", .unsafe,
            imports: ["ArkaModel", "ArkaSystem", "ArkaTelemetry", "CMicrohttpd"]),

        // The program
        target(
            "PactProgram",
            imports: [
                "ArkaAdmin", "ArkaAudit", "ArkaCalls", "ArkaCommandLine", "ArkaConfig",
                "ArkaEngine",
                "ArkaEvaluate", "ArkaHTTP", "ArkaJSON", "ArkaKafka", "ArkaModel", "ArkaPipeline",
                "ArkaRules", "ArkaStream", "ArkaSystem", "ArkaTelemetry", "PactPlugins",
            ]),
        program("pact", imports: ["ArkaSystem", "PactProgram"]),

        // Tests
        tests(
            "ArkaAdminTests", imports: ["ArkaAdmin", "ArkaModel", "ArkaSystem", "ArkaTelemetry"]),
        tests("ArkaCommandLineTests", imports: ["ArkaCommandLine"]),
        tests(
            "ArkaEngineTests",
            imports: [
                "ArkaAudit", "ArkaCalls", "ArkaConfig", "ArkaEngine", "ArkaEvaluate", "ArkaHTTP",
                "ArkaJSON",
                "ArkaKafka", "ArkaModel", "ArkaPipeline", "ArkaResilience", "ArkaRules",
                "ArkaStream", "ArkaSystem", "ArkaTelemetry", "CRdkafka", "ManualTime",
                "PactPlugins", "PactTesting", "WatchedPlugin",
            ]),
        tests(
            "ARKATests",
            imports: [
                "ARKA", "ArkaConfig", "ArkaEngine", "ArkaModel", "ArkaResilience", "ArkaSystem",
                "PactPlugins",
            ]),
        tests(
            "PactTests",
            imports: [
                "ArkaAdmin", "ArkaCommandLine", "ArkaConfig", "ArkaEngine", "ArkaKafka",
                "ArkaModel", "ArkaStream", "ArkaSystem", "ArkaTelemetry", "CZstd", "PactPlugins",
                "PactProgram", "WatchedPlugin", "pact",
            ]),
        tests(
            "ArkaConfigTests",
            imports: [
                "ArkaConfig", "ArkaDocuments", "ArkaJSON", "ArkaKafka", "ArkaModel",
                "ArkaResilience", "ArkaRules", "PactPlugins",
            ],
            data: ["Corpus"]),
        tests("ArkaDocumentsTests", imports: ["ArkaDocuments", "ArkaModel"]),
        tests("ArkaJSONTests", imports: ["ArkaJSON", "ArkaModel"]),
        tests(
            "ArkaEvaluateTests",
            imports: [
                "ArkaModel", "ArkaStream", "ArkaText", "ArkaRules", "ArkaEvaluate", "CKernels",
                "RandomRules", "WorkloadBook",
            ]),
        tests("ArkaModelTests", imports: ["ArkaModel"]),
        tests(
            "ArkaAuditTests",
            imports: [
                "ArkaAudit", "ArkaJSON", "ArkaModel", "ArkaStream", "ArkaSystem", "PactPlugins",
            ]),
        tests(
            "ArkaCallsTests",
            imports: [
                "ArkaCalls", "ArkaModel", "ArkaResilience", "ArkaRules", "ArkaStream",
                "ManualTime", "PactPlugins",
            ]),
        tests(
            "ArkaHTTPTests",
            imports: [
                "ArkaHTTP", "ArkaModel", "ArkaSystem", "CCurl", "HTTPFixture", "PactPlugins",
            ],
            data: ["Servers"]),
        tests("PactPluginsTests", imports: ["ArkaModel", "PactPlugins", "PactTesting"]),
        tests("PactTestingTests", imports: ["ArkaModel", "PactPlugins", "PactTesting"]),
        tests("ArkaPipelineTests", imports: ["ArkaModel", "ArkaPipeline", "ArkaStream"]),
        tests("ArkaResilienceTests", imports: ["ArkaModel", "ArkaResilience"]),
        tests(
            "ArkaRulesTests", imports: ["ArkaModel", "ArkaRules", "ArkaText", "RandomRules"],
            data: ["Corpus", "Conformance"]),
        tests("ArkaStreamTests", imports: ["ArkaModel", "ArkaStream"]),
        tests(
            "ArkaSystemTests", imports: ["ArkaModel", "ArkaSystem", "CZstd", "LifecycleFixture"]),
        tests(
            "ArkaKafkaTests",
            imports: [
                "ArkaKafka", "ArkaModel", "ArkaPipeline", "ArkaStream", "ArkaSystem",
                "ArkaTelemetry", "CRdkafka",
            ]),
        tests("ArkaTextTests", imports: ["ArkaModel", "ArkaText"]),
        tests("ArkaTelemetryTests", imports: ["ArkaModel", "ArkaSystem", "ArkaTelemetry"]),
        tests("TidyTests", imports: []),
        .target(
            name: "RandomRules", dependencies: ["ArkaModel", "ArkaRules"],
            path: "Tests/Fixtures/RandomRules", swiftSettings: strict),
        .target(
            name: "WatchedPlugin", dependencies: ["ArkaSystem", "PactPlugins"],
            path: "Tests/Fixtures/WatchedPlugin", swiftSettings: strict),
        .target(
            name: "ManualTime", dependencies: ["ArkaCalls", "ArkaModel"],
            path: "Tests/Fixtures/ManualTime", swiftSettings: strict),
        fixture("LifecycleFixture", imports: ["ArkaSystem"]),
        fixture("HTTPFixture", imports: ["ArkaHTTP", "PactPlugins"]),

        // Measuring
        .target(
            name: "WorkloadBook", dependencies: ["ArkaModel", "ArkaRules"],
            path: "bench/micro/book", swiftSettings: strict),
        .executableTarget(
            name: "arka-callpact",
            dependencies: ["ArkaEngine", "ArkaSystem", "PactPlugins", "PactProgram"],
            path: "bench/calls/program", swiftSettings: strict),
        .executableTarget(
            name: "arka-rulefuzz", dependencies: ["ArkaModel", "ArkaRules", "ArkaSystem"],
            path: "bench/fuzz/rules", swiftSettings: strict),
        .executableTarget(
            name: "arka-microbench",
            dependencies: ["ArkaModel", "ArkaStream", "ArkaEvaluate", "WorkloadBook"],
            path: "bench/micro/program", swiftSettings: strict),
        .executableTarget(
            name: "arka-textbench", dependencies: ["ArkaModel", "ArkaText"],
            path: "bench/micro/texts", swiftSettings: strict),
        .executableTarget(
            name: "arka-callbench",
            dependencies: [
                "ArkaCalls", "ArkaModel", "ArkaResilience", "ArkaRules", "ArkaStream",
                "PactPlugins",
            ],
            path: "bench/micro/calls", swiftSettings: strict),
        .executableTarget(
            name: "arka-httpbench", dependencies: ["ArkaHTTP", "ArkaSystem", "PactPlugins"],
            path: "bench/micro/http", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
