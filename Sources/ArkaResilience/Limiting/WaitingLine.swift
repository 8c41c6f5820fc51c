/// A line in which the first to come is the first to go, and anyone may leave from the middle.
///
/// All operations take constant time, averaged; places of those who left are cleared away before they
/// outnumber those who wait.
struct WaitingLine<Item: Numbered>: Sendable {
    private var places: [Item?] = []
    private var indices = NumberTable<Item, Int>()
    private var head = 0

    var count: Int { indices.count }
    var isEmpty: Bool { indices.isEmpty }

    func contains(_ item: Item) -> Bool { indices.contains(item) }

    /// - Precondition: The item is not in the line.
    mutating func append(_ item: Item) {
        indices.insert(places.count, for: item)
        places.append(item)
        checkInvariants()
    }

    mutating func popFirst() -> Item? {
        while head < places.count {
            let item = places[head]
            places[head] = nil
            head += 1
            if let item {
                indices.remove(item)
                clearAway()
                return item
            }
        }
        return nil
    }

    /// Returns whether the item stood in the line.
    mutating func remove(_ item: Item) -> Bool {
        guard let index = indices.remove(item) else { return false }
        places[index] = nil
        clearAway()
        return true
    }

    private mutating func clearAway() {
        guard places.count > 2 * indices.count + 16 else { return }
        let waiting = places.compactMap(\.self)
        places = waiting
        head = 0
        for (index, item) in waiting.enumerated() { indices.update(item) { $0 = index } }
        checkInvariants()
    }

    private func checkInvariants() {
        #if DEBUG
            precondition(places.count <= 2 * indices.count + 17, "empty places do not pile up")
            guard places.count <= 64 else { return }
            precondition(places.count { $0 != nil } == indices.count, "each place is indexed")
            precondition(indices.allSatisfy { places[$0.value] == $0.key }, "each index is a place")
            precondition(places.prefix(head).allSatisfy { $0 == nil }, "before the head is nobody")
        #endif
    }
}
