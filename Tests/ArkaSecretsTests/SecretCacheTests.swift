import ArkaModel
import PactPlugins
import Testing

@testable import ArkaSecrets

/// When a secret is read, and what stands for it meanwhile.
@Suite struct SecretCacheTests {
    private var cache = SecretCache(.init(refresh: .seconds(60), staleMax: .seconds(3600)))
    private let name = "sanctions/api-key"
    private let old = SecretText("old")
    private let new = SecretText("new")
    private let outage = SecretFailure("sanctions/api-key", .unavailable, "sealed")

    private mutating func learn(_ secret: SecretText, at now: Duration) {
        _ = cache.ask(name, at: now)
        _ = cache.ended(name, .success(SecretAnswer(secret)), at: now)
    }

    @Test mutating func `a secret is read once, and then current for the refresh time`() {
        #expect(cache.ask(name, at: .zero) == .read)
        #expect(cache.ask(name, at: .zero) == .wait)
        let (given, news) = cache.ended(name, .success(SecretAnswer(old)), at: .seconds(1))
        #expect(given == .success(old) && news == .none)
        #expect(cache.ask(name, at: .seconds(60)) == .have(old))
        #expect(cache.ask(name, at: .seconds(61)) == .haveAndRead(old))
        #expect(cache.ask(name, at: .seconds(62)) == .have(old), "it is being read")
        let (_, second) = cache.ended(name, .success(SecretAnswer(new)), at: .seconds(63))
        #expect(second == .rotated)
        #expect(cache.ask(name, at: .seconds(64)) == .have(new))
    }

    @Test mutating func `whoever asks after a long quiet time waits for the current value`() {
        learn(old, at: .zero)
        #expect(cache.ask(name, at: .seconds(120)) == .read)
        #expect(cache.ask(name, at: .seconds(120)) == .wait)
    }

    @Test mutating func `the last value stands while its backend does not answer, for a time`() {
        learn(old, at: .zero)
        #expect(cache.due(at: .seconds(59)).isEmpty)
        #expect(cache.due(at: .seconds(60)) == [name])
        #expect(cache.due(at: .seconds(60)).isEmpty, "it is being read")
        let (given, news) = cache.ended(name, .failure(outage), at: .seconds(60))
        #expect(given == .success(old) && news == .fellBehind(outage))
        #expect(cache.behindCount == 1)
        // One warning for an outage, however long it is.
        #expect(cache.due(at: .seconds(60.5)).isEmpty, "a pause")
        #expect(cache.due(at: .seconds(61)) == [name])
        #expect(cache.ended(name, .failure(outage), at: .seconds(61)).1 == .none)
        #expect(cache.ask(name, at: .seconds(62)) == .have(old))
        #expect(cache.ask(name, at: .seconds(63)) == .haveAndRead(old), "nobody waits for it")
        #expect(cache.ended(name, .failure(outage), at: .seconds(64)).1 == .none)
        #expect(cache.ask(name, at: .seconds(3660)) == .haveAndRead(old))
        // The time is over.
        let (late, lost) = cache.ended(name, .failure(outage), at: .seconds(3661))
        #expect(late == .failure(outage) && lost == .lost(outage))
        #expect(cache.ask(name, at: .seconds(3662)) == .fail(outage))
        #expect(cache.ask(name, at: .seconds(4000)) == .read)
        #expect(cache.ended(name, .success(SecretAnswer(old)), at: .seconds(4000)).1 == .none)
        #expect(cache.behindCount == 0)
    }

    @Test mutating func `an outage that ends is told, and a value from it is current`() {
        learn(old, at: .zero)
        _ = cache.due(at: .seconds(60))
        _ = cache.ended(name, .failure(outage), at: .seconds(60))
        _ = cache.due(at: .seconds(70))
        #expect(cache.ended(name, .success(SecretAnswer(old)), at: .seconds(70)).1 == .caughtUp)
        #expect(cache.ask(name, at: .seconds(129)) == .have(old))
    }

    @Test(arguments: [SecretFailure.Kind.denied, .notFound, .malformed])
    func `a value that its backend does not stand behind any more is dropped at once`(
        kind: SecretFailure.Kind
    ) {
        var cache = cache
        let refusal = SecretFailure(name, kind, "no")
        _ = cache.ask(name, at: .zero)
        _ = cache.ended(name, .success(SecretAnswer(old)), at: .zero)
        _ = cache.due(at: .seconds(60))
        let (given, news) = cache.ended(name, .failure(refusal), at: .seconds(60))
        #expect(given == .failure(refusal) && news == .lost(refusal))
        #expect(cache.ask(name, at: .seconds(60)) == .fail(refusal))
        #expect(cache.count == 0)
    }

    @Test mutating func `failures are told without asking again until a growing pause is over`() {
        var now = Duration.zero
        for pause in [1, 2, 4, 8, 16, 30, 30] {
            #expect(cache.ask(name, at: now) == .read)
            _ = cache.ended(name, .failure(outage), at: now)
            #expect(cache.pause(before: name, at: now) == .seconds(pause))
            now += .seconds(pause)
            #expect(cache.ask(name, at: now - .nanoseconds(1)) == .fail(outage))
        }
    }

    @Test mutating func `a leased secret is read anew while a third of its time is left`() {
        _ = cache.ask(name, at: .zero)
        _ = cache.ended(name, .success(SecretAnswer(old, lease: .seconds(30))), at: .zero)
        #expect(cache.ask(name, at: .seconds(19)) == .have(old))
        #expect(cache.due(at: .seconds(20)) == [name])
        // It does not stand beyond its lease.
        _ = cache.ended(name, .failure(outage), at: .seconds(20))
        #expect(cache.ask(name, at: .seconds(20.5)) == .have(old))
        #expect(cache.ask(name, at: .seconds(31)) == .read)
    }
}
