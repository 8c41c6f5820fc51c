import ArkaModel
import ArkaSecrets
import PactPlugins
import PactTesting
import Synchronization
import Testing

@testable import ArkaSecrets

/// The secrets of a process: where they are read, how often, and who gets them.
@Suite(.timeLimit(.minutes(1))) struct SecretStoreTests {
    private let time = ManualTime()
    private let redactor = SecretRedactor()
    private let lines = Lines()
    private let name = "sanctions/api-key"

    private func store(
        _ backends: any SecretBackend..., clock: any Clock<Duration> = ContinuousClock()
    ) -> SecretStore {
        SecretStore(
            backends: backends, time: time, clock: clock, redactor: redactor, log: lines.add)
    }

    @Test func `many who ask at once share one reading, and the redactor knows first`()
        async throws
    {
        let backend = ScriptedBackend("one", [name: "s3cret-value"])
        backend.hold()
        let store = store(backend)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask { try await store.secret(named: name).revealed }
            }
            while backend.asked.isEmpty { await Task.yield() }
            backend.release()
            for try await secret in group { #expect(secret == "s3cret-value") }
        }
        #expect(try await store.secret(named: name).revealed == "s3cret-value")
        #expect(backend.asked == [name])
        #expect(redactor.redacted("key s3cret-value") == "key [redacted]")
    }

    @Test func `backends are asked in order, and one that does not answer ends the search`()
        async throws
    {
        let (first, second) = (ScriptedBackend("first"), ScriptedBackend("second", [name: "two"]))
        let store = store(first, second)
        #expect(try await store.secret(named: name).revealed == "two")

        let missing = try await failure { () async throws(SecretFailure) in
            try await store.secret(named: "other")
        }
        #expect(missing.kind == .notFound)
        #expect(missing.reason == "none of the backends has it: first, second")

        for kind in [SecretFailure.Kind.unavailable, .denied, .malformed] {
            first.fail("k/\(kind.rawValue)", kind)
            second.set("k/\(kind.rawValue)", "must not be taken")
            let refused = try await failure { () async throws(SecretFailure) in
                try await store.secret(named: "k/\(kind.rawValue)")
            }
            #expect(refused.kind == kind)
        }
        #expect(!second.asked.contains { $0.hasPrefix("k/") })
    }

    @Test func `a rotated value is taken up, and both stay redacted`() async throws {
        let backend = ScriptedBackend("one", [name: "value-one"])
        let store = store(backend)
        #expect(try await store.secret(named: name).revealed == "value-one")
        backend.set(name, "value-two")
        time.advance(by: .seconds(59))
        await store.keepUp()
        #expect(try await store.secret(named: name).revealed == "value-one")
        time.advance(by: .seconds(1))
        await store.keepUp()
        #expect(try await store.secret(named: name).revealed == "value-two")
        #expect(redactor.redacted("value-one, value-two") == "[redacted], [redacted]")
        #expect(lines.all == ["info: the secret '\(name)' has a new value"])
        #expect(store.counts.rotations == 1 && store.counts.reads == ["read": 2])
    }

    @Test func `an outage is told once and counted, and the last value stands`() async throws {
        let backend = ScriptedBackend("one", [name: "value-one"])
        let store = store(backend)
        _ = try await store.secret(named: name)
        backend.fail(name, .unavailable)
        for _ in 0..<5 {
            time.advance(by: .seconds(60))
            await store.keepUp()
            #expect(try await store.secret(named: name).revealed == "value-one")
        }
        #expect(lines.all.count == 1 && lines.all[0].hasPrefix("warning: the secret '\(name)'"))
        #expect(store.counts.behind == 1 && store.counts.known == 1)
        #expect(store.counts.reads == ["read": 1, "unavailable": 5])
        backend.set(name, "value-one")
        time.advance(by: .seconds(60))
        await store.keepUp()
        #expect(store.counts.behind == 0)
        #expect(lines.all.last == "info: the secret '\(name)' can be read again")
    }

    @Test func `who waits no more is let go, and others still get the value`() async throws {
        let backend = ScriptedBackend("one", [name: "value"])
        backend.hold()
        let store = store(backend)
        let first = Task { try await store.secret(named: name) }
        while backend.asked.isEmpty { await Task.yield() }
        let second = Task { try await store.secret(named: name) }
        first.cancel()
        await #expect(throws: SecretFailure.self) { try await first.value }
        backend.release()
        #expect(try await second.value.revealed == "value")
    }

    @Test func `a reading that is stopped blames nobody, and the last value stands`() async throws {
        let backend = ScriptedBackend("one", [name: "value-one"])
        let store = store(backend)
        #expect(try await store.secret(named: name).revealed == "value-one")
        time.advance(by: .seconds(60))
        backend.hold()
        backend.fail(name, .unavailable)
        let upkeep = Task { await store.keepUp() }
        while backend.asked.count < 2 { await Task.yield() }
        upkeep.cancel()
        backend.release()
        await upkeep.value
        #expect(lines.all == [])
        #expect(try await store.secret(named: name).revealed == "value-one")
    }

    @Test func `a start tries again while a backend does not answer`() async throws {
        let clock = VirtualClock()
        let backend = RecoveringBackend(failures: 3)
        let store = SecretStore(
            backends: [backend], time: clock, clock: PatientClock(clock), redactor: redactor,
            log: lines.add)
        try await store.prepare([name, name])
        #expect(clock.waits == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(try await store.secret(named: name).revealed == "recovered")
    }

    @Test func `a start is given up when its time is over, and names the secret`() async throws {
        let clock = VirtualClock()
        let backend = ScriptedBackend("vault", [name: "must-not-be-shown"])
        backend.fail(name, .unavailable)
        let store = SecretStore(
            backends: [backend], time: clock, clock: PatientClock(clock), redactor: redactor,
            log: lines.add)
        let refusal = try await failure { () async throws(SecretFailure) in
            try await store.prepare([name])
        }
        #expect(refusal.description.contains("'\(name)'"))
        #expect(refusal.description.contains("tried 5 times within secrets.startup_timeout"))
        #expect(!refusal.description.contains("must-not-be-shown"))
        #expect(clock.monotonic < .seconds(30))
    }

    @Test func `a start does not try again what stays wrong`() async throws {
        let backend = ScriptedBackend("one")
        let store = store(backend)
        let missing = try await failure { () async throws(SecretFailure) in
            try await store.prepare(["b", "a"])
        }
        #expect(missing.kind == .notFound && missing.name == "a")
        #expect(backend.asked.sorted() == ["a", "b"])
    }

    @Test func `a backend that never answers does not hold a start up beyond its time`()
        async throws
    {
        let clock = VirtualClock()
        let backend = ScriptedBackend("one", [name: "value"])
        backend.hold()
        let store = SecretStore(
            backends: [backend], time: clock, clock: clock, redactor: redactor, log: lines.add)
        let late = try await failure { () async throws(SecretFailure) in
            try await store.prepare([name])
        }
        #expect(late.kind == .unavailable && late.reason.hasPrefix("no backend has answered"))
        backend.release()
    }

    @Test(arguments: [
        "", "/", "a//b", "../a", "a/..", "a/./b", "a b", "a\u{0}", "ä", "a#b#c", "#a", "a#", "a/",
        String(repeating: "x", count: 257),
    ])
    func `a name that is none is refused before any backend is asked`(name: String) async throws {
        let backend = ScriptedBackend("one")
        let store = store(backend)
        let refused = try await failure { () async throws(SecretFailure) in
            try await store.secret(named: name)
        }
        #expect(refused.kind == .malformed)
        #expect(backend.asked.isEmpty)
    }

    // acceptance: S-119
    @Test func `a secret that a plugin does not declare is denied, and the denial is audited`()
        async throws
    {
        let backend = ScriptedBackend("one", ["mine": "my-value", "theirs": "their-value"])
        let trail = Trail()
        let secrets = SecretsManager(
            DeclaredSecrets(
                ["mine"], in: store(backend),
                audit: AuditLogger(plugin: "nosy", sink: trail), log: lines.add))
        #expect(try await secrets.get("mine").revealed == "my-value")
        #expect(trail.entries.isEmpty)
        let denial = try await failure { () async throws(SecretFailure) in
            try await secrets.get("theirs")
        }
        #expect(denial.kind == .notDeclared)
        #expect(backend.asked == ["mine"], "no backend is asked for it")
        #expect(
            trail.entries == [
                AuditEntry(
                    plugin: "nosy", action: "secret_denied", resource: "theirs",
                    details: [.init("reason", "not_declared")], context: nil)
            ])
        #expect(lines.all.count == 1 && lines.all[0].contains("'theirs'"))

        // A trail that cannot take it does not open the way.
        let blind = SecretsManager(
            DeclaredSecrets([], in: store(backend), audit: AuditLogger(), log: lines.add))
        let second = try await failure { () async throws(SecretFailure) in
            try await blind.get("mine")
        }
        #expect(second.kind == .notDeclared)
        #expect(lines.all.last?.contains("audit trail") == true)
    }
}

/// Does not answer a number of times, and then does.
private final class RecoveringBackend: SecretBackend {
    let name = "recovering"
    private let left: Mutex<Int>

    init(failures: Int) { left = Mutex(failures) }

    func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        let isDown = left.withLock { left in
            left -= 1
            return left >= 0
        }
        if isDown { throw SecretFailure(name.text, .unavailable, "not yet") }
        return SecretAnswer(SecretText("recovered"))
    }
}

/// Sleeps of a pause take no time; the limit of a start, which runs beside, never ends by itself.
private struct PatientClock: Clock {
    private let clock: VirtualClock

    init(_ clock: VirtualClock) { self.clock = clock }

    var now: VirtualClock.Instant { clock.now }
    var minimumResolution: Duration { clock.minimumResolution }

    func sleep(until deadline: VirtualClock.Instant, tolerance: Duration?) async throws {
        guard now.duration(to: deadline) > .seconds(8) else {
            return try await clock.sleep(until: deadline, tolerance: tolerance)
        }
        // Cancelled when what it limits has ended.
        try await Task.sleep(for: .seconds(86_400))
    }
}

/// Takes audit records.
private final class Trail: AuditSink {
    private let written = Mutex<[AuditEntry]>([])

    var entries: [AuditEntry] { written.withLock { $0 } }

    func write(_ entry: AuditEntry) async throws(AuditFailure) {
        written.withLock { $0.append(entry) }
    }
}
