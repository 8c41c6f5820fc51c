import PactPlugins
import PactTesting
import Synchronization
import Testing

@testable import PactPlugins

/// Counts what is called on plugins that are configured with it.
final class Life: Sendable {
    private static let lives = Mutex<[Int: Life]>([:])
    private let counts = Mutex((initialized: 0, shutDown: 0))
    private let health = Mutex((asked: 0, out: 0, outMax: 0))
    private let gate = AsyncStream<Never>.makeStream()

    private static let numbers = Atomic(0)

    /// What a plugin's configuration holds, so that it finds this.
    let value: PluginValue

    init() {
        let number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
        value = PluginValue(number)
        Self.lives.withLock { $0[number] = self }
    }

    static func named(_ number: Int) -> Life? { lives.withLock { $0[number] } }

    var initialized: Int { counts.withLock { $0.initialized } }
    var shutDown: Int { counts.withLock { $0.shutDown } }
    func countInitialized() { counts.withLock { $0.initialized += 1 } }
    var healthChecks: Int { health.withLock { $0.asked } }
    var healthChecksOutMax: Int { health.withLock { $0.outMax } }
    func beginHealthCheck() {
        health.withLock { $0 = ($0.asked + 1, $0.out + 1, max($0.outMax, $0.out + 1)) }
    }
    func endHealthCheck() { health.withLock { $0.out -= 1 } }
    func countShutDown() { counts.withLock { $0.shutDown += 1 } }

    /// Waits until released, cancelled or not.
    func hang() async {
        await Task { for await _ in gate.stream {} }.value
    }

    func release() { gate.continuation.finish() }
}

/// A plugin whose life a test watches.
struct LifePlugin: Plugin {
    static let metadata = PluginMetadata(
        name: "life", version: "1.0.0", description: "Is watched by a test.")

    let configuration: PluginConfiguration
    let life: Life

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.configuration = configuration
        life = try #require(Life.named(try configuration.read("life")))
    }

    var functions: [DeclaredFunction] {
        DataSource("ping", "Answers") {
        } answer: {
            DataSourceResult()
        }
    }

    func initialize() async throws {
        life.countInitialized()
        await Task.yield()
        if configuration["hangs_early"] == true { await life.hang() }
        if configuration["fails"] == true { throw PluginError("no model") }
    }

    func shutdown() async {
        life.countShutDown()
        if configuration["hangs"] == true { await life.hang() }
    }

    func healthCheck() async -> PluginHealth {
        life.beginHealthCheck()
        if configuration["silent"] == true { await life.hang() }
        life.endHealthCheck()
        return PluginHealth(isHealthy: true)
    }
}

/// A clock on which no time passes: whoever sleeps, sleeps until cancelled.
struct NeverClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    var now: Instant { Instant() }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw CancellationError()
    }
}

/// A life whose events are drawn: somebody asks to start or to stop, and what runs ends well or not.
struct TestedLifecycle {
    private var lifecycle = HostLifecycle()
    private(set) var initializeCount = 0
    private(set) var shutdownCount = 0

    mutating func take(_ event: Int) {
        switch event {
        case 0: if lifecycle.start() == .initialize { initializeCount += 1 }
        case 1: if lifecycle.stop() == .shutDown { shutdownCount += 1 }
        case 2:
            lifecycle.started(failure: nil)
            lifecycle.stopped(wasAbandoned: false)
        default:
            lifecycle.started(failure: "no")
            lifecycle.stopped(wasAbandoned: true)
        }
    }
}

/// A clock on which the first sleep takes no time, and all others never end; nor does the limit of
/// `initialize`.
final class FirstSleepClock: Clock {
    private let sleepCount = Atomic(0)

    var now: NeverClock.Instant { NeverClock.Instant() }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: NeverClock.Instant, tolerance: Duration?) async throws {
        if deadline.offset < PluginHost.Limits().initialize,
            sleepCount.wrappingAdd(1, ordering: .relaxed).newValue == 1
        {
            return
        }
        try await NeverClock().sleep(until: deadline, tolerance: tolerance)
    }
}

/// A clock on which sleeping takes no time, except that the limit of `initialize` never ends.
struct StartedClock: Clock {
    private let clock = VirtualClock()

    var now: VirtualClock.Instant { clock.now }
    var minimumResolution: Duration { clock.minimumResolution }

    func sleep(until deadline: VirtualClock.Instant, tolerance: Duration?) async throws {
        guard now.duration(to: deadline) < PluginHost.Limits().initialize else {
            return try await NeverClock().sleep(until: NeverClock.Instant(), tolerance: nil)
        }
        try await clock.sleep(until: deadline, tolerance: tolerance)
    }
}
