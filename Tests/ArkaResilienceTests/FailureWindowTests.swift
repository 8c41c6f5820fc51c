import Testing

@testable import ArkaResilience

/// Goal: the window counts what ended in its ten buckets, and nothing older.
/// Method: beside a list of all answers, over steps from nothing to many windows.
@Suite struct FailureWindowTests {
    @Test(arguments: seeds(40))
    func `the sums are those of the last ten buckets, after short and long steps`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var window = FailureWindow(length: seconds(10))
        var all: [(bucket: Int, failed: Bool)] = []
        // Monotonic time may start below zero.
        var now = milliseconds(random.number(-40_000..<40_000))
        var bucket = Int.min
        for _ in 0..<400 {
            let stepMax = random.once(in: 5) ? 25_000 : 1500
            now += milliseconds(random.number(0..<stepMax))
            let failed = random.once(in: 2)
            window.add(failed: failed, at: now)
            bucket = max(bucket, Int(now.attoseconds / Duration.seconds(1).attoseconds))
            all.append((bucket, failed))
            let recent = all.filter { $0.bucket > bucket - 10 }
            #expect(window.total.calls == recent.count, "seed \(seed), at \(now)")
            #expect(window.total.failures == recent.count { $0.failed }, "seed \(seed)")
            #expect(window.sumsAgree)
        }
    }

    @Test func `an answer of an earlier time counts as one of now`() {
        var window = FailureWindow(length: seconds(10))
        window.add(failed: true, at: seconds(50))
        window.add(failed: true, at: seconds(1))
        window.add(failed: false, at: seconds(59))
        #expect(window.total.calls == 3)
        window.add(failed: false, at: seconds(60))
        #expect(window.total.calls == 2)
    }
}
