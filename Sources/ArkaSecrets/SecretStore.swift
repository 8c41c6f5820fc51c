public import ArkaModel
public import PactPlugins
import Synchronization

/// The secrets of a process: reads them from its backends, keeps them, and follows their rotation.
///
/// However many ask for a secret at once, it is read once. Every value that is read is known to the
/// redactor before anybody gets it.
public final class SecretStore: Sendable {
    /// What the store goes by.
    public struct Settings: Sendable, Hashable {
        /// How long a secret is current.
        public var refresh: Duration
        /// How long a secret stands while its backend does not answer.
        public var staleMax: Duration
        /// How long ``SecretStore/prepare(_:)`` tries.
        public var startupTimeout: Duration

        /// Makes settings.
        public init(
            refresh: Duration = .seconds(60), staleMax: Duration = .seconds(24 * 3600),
            startupTimeout: Duration = .seconds(30)
        ) {
            self.refresh = refresh
            self.staleMax = staleMax
            self.startupTimeout = startupTimeout
        }
    }

    /// What it has done so far.
    public struct Counts: Sendable, Hashable {
        /// How often a backend was asked, by how that ended: `read`, or a kind of failure.
        public var reads: [String: Int] = [:]
        /// How often a secret had another value than before.
        public var rotations = 0
        /// Secrets that are known.
        public var known = 0
        /// Secrets whose last value stands while their backend does not answer.
        public var behind = 0
    }

    private typealias Waiter = AsyncStream<Result<SecretText, SecretFailure>>.Continuation

    private struct State {
        var cache: SecretCache
        var waiters: [String: [Waiter]] = [:]
        var counts = Counts()
        var upkeep: Task<Void, Never>?
    }

    private let settings: Settings
    private let backends: [any SecretBackend]
    private let time: any TimeSource
    private let clock: any Clock<Duration>
    private let redactor: SecretRedactor
    private let log: @Sendable (PluginServices.LogLevel, String) -> Void
    private let state: Mutex<State>

    /// Makes a store that has read nothing.
    /// - Parameters:
    ///   - backends: In the order in which they are asked.
    ///   - time: What ages are measured with.
    ///   - clock: What pauses are measured with.
    ///   - redactor: Told every value.
    ///   - log: Takes what there is to say; never a value.
    public init(
        _ settings: Settings = Settings(), backends: [any SecretBackend], time: any TimeSource,
        clock: any Clock<Duration> = ContinuousClock(), redactor: SecretRedactor,
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) {
        self.settings = settings
        self.backends = backends
        self.time = time
        self.clock = clock
        self.redactor = redactor
        self.log = log
        state = Mutex(
            State(
                cache: SecretCache(
                    .init(refresh: settings.refresh, staleMax: settings.staleMax))))
    }

    /// What it has done so far.
    public var counts: Counts {
        state.withLock { state in
            var counts = state.counts
            counts.known = state.cache.count
            counts.behind = state.cache.behindCount
            return counts
        }
    }

    // MARK: Asking

    /// Reads a secret, from memory where it is current enough.
    /// - Throws: ``PactPlugins/SecretFailure``; also if the task is cancelled while it waits.
    public func secret(named name: String) async throws(SecretFailure) -> SecretText {
        let parsed = try SecretName(name)
        let (results, waiter) = AsyncStream<Result<SecretText, SecretFailure>>.makeStream(
            bufferingPolicy: .bufferingOldest(1))
        let ask = state.withLock { state in
            let ask = state.cache.ask(name, at: time.monotonic)
            switch ask {
            case .read, .wait: state.waiters[name, default: []].append(waiter)
            case .have, .haveAndRead, .fail: break
            }
            return ask
        }
        switch ask {
        case .have(let secret): return secret
        case .haveAndRead(let secret):
            read(parsed)
            return secret
        case .fail(let failure): throw failure
        case .read: read(parsed)
        case .wait: break
        }
        for await result in results { return try result.get() }
        throw parsed.failure(.unavailable, "nobody waits for it any more")
    }

    /// Reads secrets before they are needed, and keeps trying while a backend does not answer.
    /// - Throws: The first that cannot be read: at once where asking again does not help, and otherwise
    ///   when ``Settings/startupTimeout`` is over.
    public func prepare(_ names: [String]) async throws(SecretFailure) {
        let deadline = time.monotonic + settings.startupTimeout
        let failures = await withTaskGroup(of: SecretFailure?.self) { group in
            for name in Set(names).sorted() {
                group.addTask { await self.failure(toPrepare: name, until: deadline) }
            }
            return await group.reduce(into: [SecretFailure]()) { failures, failure in
                if let failure { failures.append(failure) }
            }
        }
        if let first = failures.min(by: { $0.name < $1.name }) { throw first }
    }

    private func failure(toPrepare name: String, until deadline: Duration) async -> SecretFailure? {
        var attempts = 0
        while true {
            attempts += 1
            guard let failure = await failure(of: name, until: deadline) else { return nil }
            let now = time.monotonic
            let pause = state.withLock { $0.cache.pause(before: name, at: now) }
            guard failure.isRetryable, now + pause < deadline,
                (try? await clock.sleep(for: pause)) != nil
            else { return failure.after(attempts, within: settings.startupTimeout) }
        }
    }

    /// Asks for a secret, no longer than until the deadline.
    private func failure(of name: String, until deadline: Duration) async -> SecretFailure? {
        let limit = deadline - time.monotonic
        return await withTaskGroup(of: SecretFailure??.self) { [clock] group in
            group.addTask {
                do throws(SecretFailure) {
                    _ = try await self.secret(named: name)
                    return .some(nil)
                } catch {
                    return error
                }
            }
            group.addTask {
                // Cancelled where the secret was there first.
                guard (try? await clock.sleep(for: limit)) != nil else { return .none }
                return SecretFailure(name, .unavailable, "no backend has answered")
            }
            defer { group.cancelAll() }
            for await outcome in group {
                if case .some(let failure) = outcome { return failure }
            }
            return nil
        }
    }

    // MARK: Reading

    /// Reads a secret in a task of its own: who asks first may be cancelled, and others wait too.
    private func read(_ name: SecretName) {
        Task { await self.finish(name, await self.answer(name)) }
    }

    private func answer(_ name: SecretName) async -> Result<SecretAnswer, SecretFailure> {
        do throws(SecretFailure) {
            for backend in backends {
                guard let answer = try await backend.secret(name) else { continue }
                redactor.add(answer.secret.revealed, of: name.text)
                return .success(answer)
            }
        } catch {
            return .failure(error)
        }
        let asked = backends.map(\.name).joined(separator: ", ")
        return .failure(name.failure(.notFound, "none of the backends has it: \(asked)"))
    }

    private func finish(_ name: SecretName, _ result: Result<SecretAnswer, SecretFailure>) async {
        let (waiters, given, news) = state.withLock { state in
            let (given, news) = state.cache.ended(name.text, result, at: time.monotonic)
            state.counts.reads[result.word, default: 0] += 1
            if news == .rotated { state.counts.rotations += 1 }
            return (state.waiters.removeValue(forKey: name.text) ?? [], given, news)
        }
        // A reading that was stopped says nothing of its backend.
        tell(Task.isCancelled ? .none : news, of: name)
        for waiter in waiters {
            waiter.yield(given)
            waiter.finish()
        }
    }

    private func tell(_ news: SecretCache.News, of name: SecretName) {
        switch news {
        case .none: break
        case .rotated: log(.info, "the secret '\(name.text)' has a new value")
        case .fellBehind(let failure):
            log(.warning, "\(failure); its last value is used until then")
        case .caughtUp: log(.info, "the secret '\(name.text)' can be read again")
        case .lost(let failure): log(.error, "\(failure); its last value is not used any more")
        }
    }

    // MARK: Upkeep

    /// Reads secrets anew when they are due, from now on until ``stop()``.
    public func start() {
        state.withLock { state in
            guard state.upkeep == nil else { return }
            let pause = min(max(settings.refresh / 4, .milliseconds(25)), .seconds(5))
            state.upkeep = Task { [weak self, clock] in
                while (try? await clock.sleep(for: pause)) != nil {
                    guard let self else { return }
                    await self.keepUp()
                }
            }
        }
    }

    /// Reads nothing more by itself.
    public func stop() {
        state.withLock { $0.upkeep }?.cancel()
    }

    /// Does what is due now.
    func keepUp() async {
        let due = state.withLock { $0.cache.due(at: time.monotonic) }
        await withTaskGroup { group in
            for backend in backends { group.addTask { await backend.maintain() } }
            for name in due {
                guard let parsed = try? SecretName(name) else { continue }
                group.addTask { await self.finish(parsed, await self.answer(parsed)) }
            }
        }
    }
}

extension Result where Success == SecretAnswer, Failure == SecretFailure {
    /// How reading ended, for metrics.
    fileprivate var word: String {
        switch self {
        case .success: "read"
        case .failure(let failure): failure.kind.rawValue
        }
    }
}

extension SecretFailure {
    /// The failure with how long was tried, where that matters.
    fileprivate func after(_ attempts: Int, within limit: Duration) -> SecretFailure {
        guard isRetryable else { return self }
        return SecretFailure(
            name, kind,
            "\(reason) (tried \(attempts) times within secrets.startup_timeout, \(limit))")
    }
}
