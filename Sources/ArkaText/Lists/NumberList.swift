public import ArkaModel

/// A set of exact decimals that never changes. An entry costs about 24 bytes.
public final class NumberList: Sendable {
    /// How many different entries there are.
    public let count: Int
    /// Scaled values; zero where nothing is. Probed one after the other; a third or more of them are
    /// vacant, so every search ends.
    private let slots: [Int128]
    private let holdsZero: Bool

    /// Makes a list of entries, which may repeat.
    public init(_ entries: some Sequence<ExactDecimal>) {
        let entries = Array(entries)
        var slots = [Int128](repeating: 0, count: entries.count * 3 / 2 + 1)
        var count = 0
        for entry in entries where entry != .zero {
            let place = Self.place(of: entry.scaled, in: slots)
            if slots[place] == 0 {
                slots[place] = entry.scaled
                count += 1
            }
        }
        self.slots = slots
        holdsZero = entries.contains(.zero)
        self.count = count + (holdsZero ? 1 : 0)
    }

    /// Whether a number is in the list.
    public func contains(_ number: ExactDecimal) -> Bool {
        guard number != .zero else { return holdsZero }
        return slots[Self.place(of: number.scaled, in: slots)] != 0
    }

    /// The slot that holds a number other than zero, or the vacant one where it would stand.
    private static func place(of number: Int128, in slots: [Int128]) -> Int {
        var place = TextHash.slot(TextHash.hash(number), of: slots.count)
        while slots[place] != 0, slots[place] != number {
            place += 1
            if place == slots.count { place = 0 }
        }
        return place
    }
}
