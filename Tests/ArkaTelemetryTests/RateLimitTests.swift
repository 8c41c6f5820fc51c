import ArkaModel
import ArkaTelemetry
import Synchronization
import Testing

@Suite struct RateLimitTests {
    @Test func `a burst passes, then one per interval, which says how many did not`() {
        var limit = RateLimit(burst: 2, per: .seconds(10), now: .zero)
        let times: [(Int, Int?)] = [
            (0, 0), (1, 0), (2, nil), (9, nil), (10, 2), (11, nil), (20, 1), (100, 0), (100, 0),
            (100, nil),
        ]
        for (second, answer) in times {
            #expect(limit.admit(at: .seconds(second)) == answer, "at \(second) s")
        }
    }

    @Test func `kinds are told apart, up to a bound`() {
        let gate = NoiseGate(burst: 1, per: .seconds(1), time: FixedTime(milliseconds: 0))
        #expect(gate.admit("transport") == 0)
        #expect(gate.admit("transport") == nil)
        #expect(gate.admit("fetch") == 0)
        for kind in 0..<62 { #expect(gate.admit("kind \(kind)") == 0) }
        #expect(gate.admit("one too many") == 0)
        #expect(gate.admit("another") == nil)
    }
}
