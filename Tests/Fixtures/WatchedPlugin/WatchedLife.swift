public import PactPlugins
import Synchronization

/// What a test sees and decides of one plugin: counts what is called on it, and holds it where the test
/// wants it to hang.
public final class WatchedLife: Sendable {
    private struct State {
        var health = PluginHealth(isHealthy: true)
        var healthChecks = 0
        var healthChecksOut = 0
        var shutDowns = 0
        var contexts: [PluginContext] = []
        var callsOut = 0
        var callsOutAtShutdown: Int?
        var failure: String?
    }

    private static let lives = Mutex<[Int: WatchedLife]>([:])
    private static let numbers = Atomic(0)

    /// What the plugin's configuration names under `life`.
    public let number: Int
    /// Closed, health checks hang here, cancelled or not.
    public let healthGate = Gate()
    /// Closed, `shutdown` hangs here.
    public let shutdownGate = Gate()
    /// Closed, calls hang here.
    public let callGate = Gate()
    private let state = Mutex(State())

    /// Begins a life that nothing hangs in.
    public init() {
        number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
        Self.lives.withLock { $0[number] = self }
    }

    static func named(_ number: Int) -> WatchedLife? { lives.withLock { $0[number] } }

    /// What the plugin says of its health.
    public var health: PluginHealth {
        get { state.withLock { $0.health } }
        set { state.withLock { $0.health = newValue } }
    }

    /// Why calls fail; `nil` while they succeed.
    public var failure: String? {
        get { state.withLock { $0.failure } }
        set { state.withLock { $0.failure = newValue } }
    }

    /// Health checks that were begun.
    public var healthChecks: Int { state.withLock { $0.healthChecks } }
    /// Health checks that have not ended.
    public var healthChecksOut: Int { state.withLock { $0.healthChecksOut } }
    /// How often `shutdown` was called.
    public var shutDowns: Int { state.withLock { $0.shutDowns } }
    /// Calls that had not ended when `shutdown` was called; `nil` if it was not.
    public var callsOutAtShutdown: Int? { state.withLock { $0.callsOutAtShutdown } }
    /// What calls were told of who asks, in the order in which they began.
    public var contexts: [PluginContext] { state.withLock { $0.contexts } }

    func checkHealth() async -> PluginHealth {
        state.withLock {
            $0.healthChecks += 1
            $0.healthChecksOut += 1
        }
        await healthGate.pass()
        return state.withLock {
            $0.healthChecksOut -= 1
            return $0.health
        }
    }

    func shutDown() async {
        state.withLock {
            $0.shutDowns += 1
            $0.callsOutAtShutdown = $0.callsOut
        }
        await shutdownGate.pass()
    }

    func call(_ contexts: [PluginContext]) async throws {
        state.withLock {
            $0.contexts += contexts
            $0.callsOut += 1
        }
        await callGate.pass()
        let failure = state.withLock {
            $0.callsOut -= 1
            return $0.failure
        }
        if let failure { throw PluginError(failure, isRetryable: false) }
    }
}

/// Lets tasks through while it is open; cancelling them does not.
public final class Gate: Sendable {
    private struct State {
        var isOpen = true
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Holds whoever comes from now on.
    public func close() { state.withLock { $0.isOpen = false } }

    /// Lets go whoever waits, and whoever comes.
    public func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for task in waiting { task.resume() }
    }

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
