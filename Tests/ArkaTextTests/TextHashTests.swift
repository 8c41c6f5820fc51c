import ArkaModel
import Testing

@testable import ArkaText

/// Entries of real lists resemble one another. Whatever they look like, their hashes must spread as
/// random numbers would: over the groups of a table and over the tags.
@Suite struct TextHashTests {
    private static let count = 20_000
    private static let families: [(name: String, hash: @Sendable (Int) -> UInt64)] = [
        ("numbers as text", { hash(String($0)) }),
        ("long common beginning", { hash("DE8937040044053201300000000000" + String($0)) }),
        ("long common end", { hash(String($0) + "@payments.example.com") }),
        ("few letters and digits", { hash(String($0, radix: 26)) }),
        (
            "one set bit in 40 to 103 bytes",
            { number in
                var bytes = [UInt8](repeating: 0, count: 40 + number % 64)
                bytes[number / 64 / 8] = 1 << UInt8(number / 64 % 8)
                return bytes.withUnsafeBytes { TextHash.hash($0) }
            }
        ),
        ("whole numbers", { TextHash.hash(ExactDecimal(Int64($0)).scaled) }),
        ("cents", { TextHash.hash(ExactDecimal(fast: Int64($0) * 10_000).scaled) }),
        ("negative numbers", { TextHash.hash(ExactDecimal(-Int64($0)).scaled) }),
    ]

    private static func hash(_ text: String) -> UInt64 {
        Array(text.utf8).withUnsafeBytes { TextHash.hash($0) }
    }

    @Test(arguments: families.indices)
    func `like entries spread`(family: Int) {
        let (name, hash) = Self.families[family]
        let hashes = (0..<Self.count).map(hash)
        // Five in each of 4,000 groups; of 1,000,000 random numbers none has 25.
        let groups = spread(hashes, over: 4_000) { Int($0.multipliedFullWidth(by: 4_000).high) }
        let full = groups.count { $0 >= 8 }
        #expect((400...660).contains(full), "\(name)")
        #expect(groups.allSatisfy { $0 < 25 }, "\(name)")
        // About 78 for each tag.
        let tags = spread(hashes, over: 256) { Int($0 & 255) }
        #expect(tags.allSatisfy { (30...140).contains($0) }, "\(name): \(tags)")
    }

    private func spread(_ hashes: [UInt64], over count: Int, _ place: (UInt64) -> Int) -> [Int] {
        hashes.reduce(into: [Int](repeating: 0, count: count)) { $0[place($1)] += 1 }
    }
}
