import ArkaModel
import ArkaText
import Foundation

/// Random numbers that a seed repeats.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func oneIn(_ chances: Int) -> Bool { below(chances) == 0 }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

/// How often property tests try; `make prove` asks for more.
let iterations =
    ProcessInfo.processInfo.environment["ARKA_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 3_000

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Bytes as a message can show them.
func readable(_ bytes: [UInt8]) -> String {
    bytes.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "<\($0)>" }.joined()
}
