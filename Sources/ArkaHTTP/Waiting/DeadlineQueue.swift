/// The times at which items must have got on, earliest first.
struct DeadlineQueue<Item: Hashable> {
    private struct Entry {
        let deadline: Duration
        let item: Item
    }

    private var deadlines: [Item: Duration] = [:]
    /// A binary heap. Entries whose item has gone stay until they come up, or until they are the
    /// majority.
    private var heap: [Entry] = []

    /// Items with a deadline.
    var count: Int { deadlines.count }

    /// Adds an item.
    /// - Precondition: It has no deadline yet.
    mutating func add(_ item: Item, deadline: Duration) {
        precondition(deadlines[item] == nil, "an item has one deadline")
        deadlines[item] = deadline
        heap.append(Entry(deadline: deadline, item: item))
        rise(heap.count - 1)
    }

    /// Takes an item out; nothing happens to one without a deadline.
    mutating func remove(_ item: Item) {
        guard deadlines.removeValue(forKey: item) != nil else { return }
        if heap.count > 64, heap.count > deadlines.count * 2 { rebuild() }
    }

    /// The earliest deadline; `nil` if there is none.
    mutating func earliest() -> Duration? {
        while let first = heap.first, !isCurrent(first) { removeFirst() }
        return heap.first?.deadline
    }

    /// Takes out an item whose deadline has come, earliest first; `nil` if there is none.
    mutating func popExpired(at now: Duration) -> Item? {
        guard let earliest = earliest(), earliest <= now else { return nil }
        let item = heap[0].item
        removeFirst()
        deadlines[item] = nil
        return item
    }

    /// Whether an entry is still what its item waits for; the item may have come back meanwhile.
    private func isCurrent(_ entry: Entry) -> Bool { deadlines[entry.item] == entry.deadline }

    private mutating func rebuild() {
        let current = heap.filter { isCurrent($0) }.sorted { $0.deadline < $1.deadline }
        // A sorted array is a heap.
        heap = current
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(0)
    }

    private mutating func rise(_ start: Int) {
        var index = start
        while index > 0, heap[index].deadline < heap[(index - 1) / 2].deadline {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].deadline < heap[least].deadline { least = child }
            }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
