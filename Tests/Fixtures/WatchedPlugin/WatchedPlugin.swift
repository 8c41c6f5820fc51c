public import PactPlugins

/// A plugin whose life a test watches: its configuration's `life` is a ``WatchedLife``'s number.
public struct WatchedPlugin: EnrichmentPlugin {
    /// What it says of itself.
    public static let metadata = PluginMetadata(
        name: "watched", version: "1.0.0", description: "Is watched by a test")

    private let life: WatchedLife

    /// Finds its life.
    public init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        guard let life = WatchedLife.named(try configuration.read("life")) else {
            throw ConfigurationProblem("nobody watches it")
        }
        self.life = life
    }

    /// `say(word)` and, for many at once, `say_all(word)`: both answer the word as `text`. Their time is
    /// longer than any test, so that only the test decides how a call ends.
    public var functions: [DeclaredFunction] {
        Enrichment("say", "Says it", timeout: .seconds(86400)) {
            Parameter("word", String.self)
            Context()
        } answer: { [life] word, context in
            try await life.call([context])
            return EnrichmentResult(enrichments: ["text": .string(word)])
        }
        Enrichment("say_all", "Says it", timeout: .seconds(86400), itemsMax: 256) {
            Parameter("word", String.self)
            Context()
        } answerAll: { [life] items in
            try await life.call(items.map(\.1))
            return items.map { EnrichmentResult(enrichments: ["text": .string($0.0)]) }
        }
    }

    /// Ends as its life wants it.
    public func shutdown() async { await life.shutDown() }

    /// Says what its life says.
    public func healthCheck() async -> PluginHealth { await life.checkHealth() }
}
