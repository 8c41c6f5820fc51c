import ArkaModel
import Foundation
import Synchronization

/// A clock that only tests move.
final class ManualTime: TimeSource {
    private let now = Mutex(Duration.zero)

    var monotonic: Duration { now.withLock { $0 } }
    var wallMilliseconds: Int64 { 1_790_000_000_000 + Int64(monotonic / .milliseconds(1)) }

    func advance(by duration: Duration) {
        now.withLock { $0 += duration }
    }
}

/// A small seeded generator (SplitMix64), so that a failing run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `count` calls, on average.
    mutating func once(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }
}

/// The seeds of a property test: `count` in `make test`; `make prove` asks for more through
/// `ARKA_SEEDS`, a factor.
func seeds(_ count: UInt64) -> Range<UInt64> {
    let factor = ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap(UInt64.init) ?? 1
    return 0..<(count * factor)
}
