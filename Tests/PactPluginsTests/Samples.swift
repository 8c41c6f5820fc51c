import ArkaModel
import PactPlugins
import PactTesting

/// Services whose HTTP answers nothing.
func sampleServices() -> PluginServices {
    PluginServices(http: MockHTTP(), time: VirtualClock())
}

/// A plugin made of the functions that a test gives. Its name and version can be set for checks of
/// them; only `check()` looks at those.
struct Declared: DataSourcePlugin, EnrichmentPlugin, ActionPlugin, ValidationPlugin {
    static let metadata = PluginMetadata(
        name: "declared", version: "1.0.0", description: "Has the functions that a test declares.")

    let functions: [DeclaredFunction]
    private let own: PluginMetadata

    init(
        name: String = "declared", version: String = "1.0.0",
        @FunctionsBuilder _ functions: () -> [DeclaredFunction]
    ) {
        own = PluginMetadata(name: name, version: version, description: "d")
        self.functions = functions()
    }

    init(_ configuration: PluginConfiguration, services: PluginServices) {
        self.init {}
    }

    /// Registers the functions under the metadata that the test gave.
    func check() throws {
        _ = try RegisteredFunction.register(functions, of: own)
    }
}
