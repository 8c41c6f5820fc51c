import ArkaModel
import Foundation

@testable import ArkaResilience

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

    mutating func number(_ range: Range<Int>) -> Int {
        Int.random(in: range, using: &self)
    }
}

/// The seeds of a property test: `count` in `make test`; `make prove` asks for more through
/// `ARKA_SEEDS`, a factor.
func seeds(_ count: UInt64) -> Range<UInt64> {
    let factor = ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap(UInt64.init) ?? 1
    return 0..<(count * factor)
}

/// A key that stands for question `number`.
func key(_ number: Int) -> CallKey {
    CallKey(bytes: Array("question \(number)".utf8), seed: 7)
}

func seconds(_ count: Int) -> Duration { .seconds(count) }

func milliseconds(_ count: Int) -> Duration { .milliseconds(count) }

let thrown = CallFailure(.thrown, message: "connection refused")
