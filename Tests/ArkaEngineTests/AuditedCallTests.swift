import ArkaEngine
import ArkaModel
import ArkaSecrets
import ManualTime
import PactPlugins
import Synchronization
import Testing

/// What the audit trail does to the decisions whose calls are audited.
@Suite struct AuditedCallTests {
    private static let rule = """
        rule listed {
            when { plugin.lists.check(id: transaction.id).hit }
            then { reject(reason: "listed") }
        }
        """

    private func lane(
        _ trail: Trail, secrets: SecretStore? = nil, log: Noted<String> = Noted(),
        _ check: @escaping @Sendable (PluginServices, PluginContext) async throws -> Bool
    ) async throws -> PluginLane {
        try await PluginLane(
            rules: Self.rule, surroundings: PluginSurroundings(secrets: secrets, audit: trail),
            log: { log.add("\($0): \($1)") }
        ) { _, services in
            DataSource("check") {
                Parameter("id", String.self)
                Context()
            } answer: { _, context in
                DataSourceResult(data: ["hit": .boolean(try await check(services, context))])
            }
        }
    }

    // acceptance: S-155
    @Test func `a record is taken over before its decision, and without it nothing is decided`()
        async throws
    {
        let trail = Trail()
        let lane = try await lane(trail) { services, context in
            try await services.audit.log(
                action: "data_access", resource: "list", context: context)
            return false
        }
        let audited = try lane.decide(#"{"id":"a"}"#)
        #expect(audited.status == "compliant")
        #expect(trail.entries.map(\.action) == ["data_access"])
        #expect(trail.entries.first?.context?.transactionID == "a")

        trail.refuses = true
        let refused = try lane.decide(#"{"id":"b"}"#)
        #expect(refused.status == "manual_review")
        #expect(
            refused.call["error"]?.text?.contains("the audit trail does not take the record")
                == true, "\(refused)")
        #expect(trail.entries.count == 1)
    }

    // acceptance: S-119
    @Test
    func `a call that reads a secret which its plugin does not declare is unknown, and audited`()
        async throws
    {
        let (trail, log) = (Trail(), Noted<String>())
        let store = SecretStore(
            backends: [EnvironmentSecrets(["ARKA_SECRET_THEIRS": "their-value"])],
            time: ManualTime().clock, redactor: SecretRedactor()
        ) { _, _ in }
        let lane = try await lane(trail, secrets: store, log: log) { services, _ in
            try await services.secrets.get("theirs").revealed.isEmpty
        }
        let decision = try lane.decide(#"{"id":"a"}"#)
        #expect(decision.status == "manual_review")
        #expect(decision.call["error"]?.text?.contains("'theirs'") == true, "\(decision)")
        #expect(trail.entries.map(\.action) == ["secret_denied"])
        #expect(trail.entries.map(\.resource) == ["theirs"])
        #expect(trail.entries.map(\.plugin) == ["lists"])
        #expect(log.all.count == 1 && log.all[0].hasPrefix("warning: "))
        #expect(store.counts.reads == [:], "no backend is asked")
    }
}

/// Takes audit records until it refuses them.
private final class Trail: AuditSink {
    private struct State {
        var entries: [AuditEntry] = []
        var refuses = false
    }

    private let state = Mutex(State())

    var entries: [AuditEntry] { state.withLock { $0.entries } }

    var refuses: Bool {
        get { state.withLock { $0.refuses } }
        set { state.withLock { $0.refuses = newValue } }
    }

    func write(_ entry: AuditEntry) async throws(AuditFailure) {
        let isTaken = state.withLock { state in
            if !state.refuses { state.entries.append(entry) }
            return !state.refuses
        }
        if !isTaken { throw AuditFailure("it is full", isRetryable: false) }
    }
}
