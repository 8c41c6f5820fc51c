// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "own-plugin",
    dependencies: [.package(name: "arka", path: "../..")],
    targets: [
        .target(name: "EntityCheck", dependencies: [.product(name: "PactPlugins", package: "arka")]),
        .executableTarget(
            name: "own-pact",
            dependencies: ["EntityCheck", .product(name: "PactProgram", package: "arka")]),
        .testTarget(
            name: "EntityCheckTests",
            dependencies: ["EntityCheck", .product(name: "PactTesting", package: "arka")]),
    ]
)
