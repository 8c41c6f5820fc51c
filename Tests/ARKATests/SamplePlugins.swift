import PactPlugins
import Synchronization
import Testing

/// What a test watches and holds up of the plugins that it loads.
final class Watch: Sendable {
    private struct State {
        var calls: [String] = []
        var initializeCount = 0
        var shutdownCount = 0
        var log: [String] = []
    }

    private static let watches = Mutex<[Int: Watch]>([:])
    private static let numbers = Atomic(0)
    private let state = Mutex(State())
    private let gate = AsyncStream<Never>.makeStream()

    /// What a plugin's configuration holds under `watch`, so that it finds this.
    let number: PluginValue

    init() {
        let number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
        self.number = PluginValue(number)
        Self.watches.withLock { $0[number] = self }
    }

    static func named(_ number: Int) -> Watch? { watches.withLock { $0[number] } }

    /// What functions were called with, in order.
    var calls: [String] { state.withLock { $0.calls } }
    var initializeCount: Int { state.withLock { $0.initializeCount } }
    var shutdownCount: Int { state.withLock { $0.shutdownCount } }
    /// `shutdown` and `answered`, in the order in which they happened.
    var log: [String] { state.withLock { $0.log } }

    func didCall(_ word: String) { state.withLock { $0.calls.append(word) } }
    func didAnswer() { state.withLock { $0.log.append("answered") } }
    func didInitialize() { state.withLock { $0.initializeCount += 1 } }
    func didShutDown() {
        state.withLock { state in
            state.shutdownCount += 1
            state.log.append("shutdown")
        }
    }

    /// Returns once so many calls have begun.
    func waitForCalls(_ count: Int) async {
        while calls.count < count { await Task.yield() }
    }

    /// Waits until released, cancelled or not.
    func hold() async { await Task { for await _ in gate.stream {} }.value }

    func release() { gate.continuation.finish() }
}

/// Says what it is told, at once, later, or when the test lets it.
struct EchoPlugin: EnrichmentPlugin {
    static let metadata = PluginMetadata(
        name: "echo-chamber", version: "1.2.3", description: "Says what it is told",
        author: "Acme", license: "Apache-2.0", dependencies: [],
        configSchema: .fields(["greeting": String.self, "watch": Int?.self, "fails": Bool?.self]))

    let greeting: String
    let watch: Watch
    let fails: Bool

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        greeting = try configuration.read("greeting")
        fails = try configuration.read("fails", default: false)
        let number = try configuration.read("watch", as: Int?.self)
        watch = number.flatMap { Watch.named($0) } ?? Watch()
    }

    var functions: [DeclaredFunction] {
        Enrichment("say", "Says it", cacheTTL: .seconds(3600)) {
            Parameter("word", String.self)
        } answer: { word in
            watch.didCall(word)
            await Task.yield()
            return EnrichmentResult(enrichments: ["text": .string("\(greeting) \(word)")])
        }
        Enrichment("say_at_once", "Says it at once") {
            Parameter("word", String.self)
        } answerAtOnce: { word in
            watch.didCall(word)
            return EnrichmentResult(enrichments: ["text": .string("\(greeting) \(word)")])
        }
        Enrichment("say_when_released", "Says it when the test lets it") {
            Parameter("word", String.self)
        } answer: { word in
            watch.didCall(word)
            await watch.hold()
            watch.didAnswer()
            return EnrichmentResult(enrichments: ["text": .string("\(greeting) \(word)")])
        }
        Action("shout", "Shouts it") {
            Parameter("word", String.self)
        } answer: { word in
            watch.didCall(word)
            return ActionResult()
        }
    }

    func initialize() async throws {
        watch.didInitialize()
        if fails { throw PluginError("the service is not there") }
    }

    func shutdown() async { watch.didShutDown() }
}

/// Says little of itself, and needs another.
struct PlainPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "plain", version: "0.1.0", description: "Answers seven",
        dependencies: ["echo-chamber"])

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        DataSource("seven", "Answers seven") {
        } answerAtOnce: {
            DataSourceResult(data: ["value": 7])
        }
    }
}

/// A plugin whose metadata and functions are wrong.
protocol WrongPlugin: DataSourcePlugin {
    static var functionNames: [String] { get }
}

extension WrongPlugin {
    @FunctionsBuilder var functions: [DeclaredFunction] {
        DataSource(Self.functionNames[0], "Answers") {
        } answerAtOnce: {
            DataSourceResult()
        }
        if Self.functionNames.count > 1 {
            DataSource(Self.functionNames[1], "Answers") {
            } answerAtOnce: {
                DataSourceResult()
            }
        }
    }
}

struct NamelessPlugin: WrongPlugin {
    static let metadata = PluginMetadata(name: "", version: "1.0.0", description: "")
    static let functionNames = ["ask"]
    init(_ configuration: PluginConfiguration, services: PluginServices) {}
}

struct VersionlessPlugin: WrongPlugin {
    static let metadata = PluginMetadata(name: "versionless", version: "", description: "")
    static let functionNames = ["ask"]
    init(_ configuration: PluginConfiguration, services: PluginServices) {}
}

struct NamelessFunctionPlugin: WrongPlugin {
    static let metadata = PluginMetadata(name: "nameless", version: "1.0.0", description: "")
    static let functionNames = ["ask", ""]
    init(_ configuration: PluginConfiguration, services: PluginServices) {}
}

struct TwinFunctionPlugin: WrongPlugin {
    static let metadata = PluginMetadata(name: "twins", version: "1.0.0", description: "")
    static let functionNames = ["ask", "ask"]
    init(_ configuration: PluginConfiguration, services: PluginServices) {}
}

/// A clock on which the first sleep takes no time, and all others never end; nor does the limit of
/// `initialize`.
final class FirstSleepClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    private let sleepCount = Atomic(0)

    var now: Instant { Instant() }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        if deadline.offset < PluginHost.Limits().initialize,
            sleepCount.wrappingAdd(1, ordering: .relaxed).newValue == 1
        {
            return
        }
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw CancellationError()
    }
}
