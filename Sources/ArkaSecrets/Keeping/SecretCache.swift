import ArkaModel
import PactPlugins

/// Decides when a secret is read and what stands for it meanwhile, as a value: it takes events and says
/// what to do.
///
/// ```
/// unknown ──ask──► reading ──► current ──refresh──► reading behind ──► current
///                     │                                 └─ unavailable ──► behind ──stale_max──► unknown
///                     └──► failed (asked again after a pause)
/// ```
struct SecretCache: Sendable {
    struct Policy: Sendable, Hashable {
        /// How long a secret is current.
        var refresh: Duration
        /// How long after it was read it stands while its backend does not answer.
        var staleMax: Duration
        /// Pauses after failures, the first and the longest.
        var backOffFirst = Duration.seconds(1)
        var backOffMax = Duration.seconds(30)
    }

    /// What to do for somebody who asks.
    enum Ask: Hashable {
        /// Give it.
        case have(SecretText)
        /// Give it, and read it anew behind that.
        case haveAndRead(SecretText)
        /// Read it, and give what comes.
        case read
        /// Somebody reads it: give what comes.
        case wait
        /// It could not be read just now.
        case fail(SecretFailure)
    }

    /// What there is to say after it was read.
    enum News: Hashable {
        /// Nothing.
        case none
        /// It has another value than before.
        case rotated
        /// Its backend does not answer any more; the last value stands.
        case fellBehind(SecretFailure)
        /// Its backend answers again.
        case caughtUp
        /// There is no value any more.
        case lost(SecretFailure)
    }

    fileprivate struct Entry {
        var value: SecretText?
        var readAt = Duration.zero
        /// How long the value is current.
        var freshness = Duration.zero
        /// How long it stands at most.
        var lifetime = Duration.zero
        var isReading = false
        var failure: SecretFailure?
        var failuresInARow = 0
        var nextAttempt = Duration.zero
    }

    private let policy: Policy
    private var entries: [String: Entry] = [:]

    /// Keeps nothing.
    init(_ policy: Policy) {
        self.policy = policy
    }

    /// Secrets that stand although their backend does not answer.
    var behindCount: Int { entries.values.count { $0.value != nil && $0.failuresInARow > 0 } }

    /// Secrets that are known.
    var count: Int { entries.values.count { $0.value != nil } }

    /// Somebody asks for a secret.
    mutating func ask(_ name: String, at now: Duration) -> Ask {
        var entry = entries[name] ?? Entry()
        let answer = answer(entry, at: now)
        switch answer {
        case .read, .haveAndRead: entry.isReading = true
        case .have, .wait, .fail: break
        }
        entries[name] = entry
        return answer
    }

    private func answer(_ entry: Entry, at now: Duration) -> Ask {
        let pauses = entry.failuresInARow > 0 && now < entry.nextAttempt
        guard let value = entry.value, now - entry.readAt <= entry.lifetime else {
            if entry.isReading { return .wait }
            if pauses, let failure = entry.failure { return .fail(failure) }
            return .read
        }
        let age = now - entry.readAt
        if age < entry.freshness || pauses { return .have(value) }
        // Nobody waits for a backend that did not answer last time, nor for a value that is only just
        // due; what nobody asked for in a while may be long outdated.
        let waits = entry.failuresInARow == 0 && age >= entry.freshness * 2
        if entry.isReading { return waits ? .wait : .have(value) }
        return waits ? .read : .haveAndRead(value)
    }

    /// The secrets that are due without anybody asking; each counts as being read from now on.
    mutating func due(at now: Duration) -> [String] {
        let names = entries.keys.sorted().filter { name in
            guard let entry = entries[name], entry.value != nil, !entry.isReading else {
                return false
            }
            return now - entry.readAt >= entry.freshness && now >= entry.nextAttempt
        }
        for name in names { entries[name]?.isReading = true }
        return names
    }

    /// How long until a secret that could not be read is read again.
    func pause(before name: String, at now: Duration) -> Duration {
        max(.zero, (entries[name]?.nextAttempt ?? .zero) - now)
    }

    /// A secret has been read, or could not be.
    /// - Returns: What those get who wait for it, and what there is to say.
    mutating func ended(
        _ name: String, _ result: Result<SecretAnswer, SecretFailure>, at now: Duration
    ) -> (Result<SecretText, SecretFailure>, News) {
        var entry = entries[name] ?? Entry()
        entry.isReading = false
        defer { entries[name] = entry }
        switch result {
        case .success(let answer): return (.success(answer.secret), entry.take(answer, policy, now))
        case .failure(let failure):
            entry.fail(failure, policy, now)
            guard let value = entry.value else { return (.failure(failure), .none) }
            guard failure.kind == .unavailable, now - entry.readAt <= entry.lifetime else {
                entry.value = nil
                return (.failure(failure), .lost(failure))
            }
            return (.success(value), entry.failuresInARow == 1 ? .fellBehind(failure) : .none)
        }
    }
}

extension SecretCache.Entry {
    fileprivate mutating func take(
        _ answer: SecretAnswer, _ policy: SecretCache.Policy, _ now: Duration
    ) -> SecretCache.News {
        let (before, wasBehind) = (value, failuresInARow > 0)
        value = answer.secret
        readAt = now
        // What has a lease is read anew while a third of it is left.
        freshness = min(policy.refresh, answer.lease.map { $0 / 3 * 2 } ?? policy.refresh)
        lifetime = answer.lease ?? (freshness + policy.staleMax)
        failure = nil
        failuresInARow = 0
        nextAttempt = now
        guard let before else { return .none }
        return before == answer.secret ? (wasBehind ? .caughtUp : .none) : .rotated
    }

    fileprivate mutating func fail(
        _ failure: SecretFailure, _ policy: SecretCache.Policy, _ now: Duration
    ) {
        self.failure = failure
        failuresInARow += 1
        let doublings = min(failuresInARow - 1, 16)
        nextAttempt = now + min(policy.backOffFirst * (1 << doublings), policy.backOffMax)
    }
}
