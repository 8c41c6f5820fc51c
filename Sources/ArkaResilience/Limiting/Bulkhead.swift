/// Bounds how many calls of one function are out at once, so that a slow one cannot take all there is.
///
/// Whoever wants to call joins the line; ``take()`` gives out the next ones, oldest first, as long as
/// there are places. A place is held until the call has really ended: one that was given up and still
/// runs keeps its place, for it still costs what the bound is there to bound.
public struct Bulkhead<Item: Numbered>: Sendable {
    /// Items that go out as one call.
    public struct Group: Sendable {
        /// The oldest of those that waited, at least one.
        public let items: [Item]
        /// Places that the call takes, to be given back when it has ended.
        public let places: Int
    }

    /// The numbers it goes by.
    public let policy: BulkheadPolicy
    /// Items that one call may carry.
    public let itemsMax: Int
    /// Places that are taken.
    public private(set) var takenCount = 0
    private var line = WaitingLine<Item>()

    /// Makes one with all places free.
    /// - Precondition: `policy` has no ``BulkheadPolicy/problems``; `itemsMax` is at least 1.
    public init(_ policy: BulkheadPolicy = BulkheadPolicy(), itemsMax: Int = 1) {
        precondition(policy.problems.isEmpty, "a bulkhead's policy is checked before it is made")
        precondition(itemsMax >= 1, "a call carries something")
        self.policy = policy
        self.itemsMax = itemsMax
    }

    /// Items that wait.
    public var waitingCount: Int { line.count }

    /// Whether a call could go out now, if one waits.
    public var hasPlace: Bool { takenCount < policy.concurrentMax }

    /// Whether somebody waits: who asks then had better wait before it asks, where its time does not run
    /// yet.
    public var isCongested: Bool { !line.isEmpty }

    /// Joins the line.
    /// - Returns: `false` if there is neither a free place nor room to wait: the item is refused.
    public mutating func join(_ item: Item) -> Bool {
        guard line.count < policy.waitingMax + itemsThatCanGo else { return false }
        line.append(item)
        return true
    }

    /// Leaves the line; nothing happens to an item that does not stand in it.
    public mutating func leave(_ item: Item) {
        _ = line.remove(item)
    }

    /// Takes the oldest items that can go out as one call; `nil` if none waits or no place is free.
    public mutating func take() -> Group? {
        guard hasPlace, !line.isEmpty else { return nil }
        var items: [Item] = []
        let itemsMax = itemsOfNextCall
        while items.count < itemsMax, let item = line.popFirst() { items.append(item) }
        let places = policy.unit == .items ? items.count : 1
        takenCount += places
        checkInvariants()
        return Group(items: items, places: places)
    }

    /// Takes the places of a call that does not wait, past an empty line; `nil` if somebody stands in
    /// it, or if there are too few.
    mutating func takePlaces(for itemCount: Int) -> Int? {
        let places = policy.unit == .items ? itemCount : 1
        guard line.isEmpty, places <= freeCount else { return nil }
        takenCount += places
        checkInvariants()
        return places
    }

    /// Takes all who wait out of the line, oldest first: there is nothing to wait for.
    public mutating func dismissAll() -> [Item] {
        var items: [Item] = []
        while let item = line.popFirst() { items.append(item) }
        return items
    }

    /// Gives back the places of a call that has ended.
    public mutating func giveBack(_ places: Int) {
        precondition(places > 0 && places <= takenCount, "places are given back once")
        takenCount -= places
        checkInvariants()
    }

    func contains(_ item: Item) -> Bool { line.contains(item) }

    private var freeCount: Int { policy.concurrentMax - takenCount }

    private var itemsOfNextCall: Int {
        policy.unit == .items ? min(itemsMax, freeCount) : itemsMax
    }

    private var itemsThatCanGo: Int {
        policy.unit == .items ? freeCount : freeCount * itemsMax
    }

    private func checkInvariants() {
        #if DEBUG
            precondition(
                (0...policy.concurrentMax).contains(takenCount), "no more out than allowed")
        #endif
    }
}
