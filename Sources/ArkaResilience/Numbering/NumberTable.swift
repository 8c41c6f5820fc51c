/// A dictionary whose keys are numbers that are given out one after the other.
///
/// The low bits of a number are its place, so there is nothing to hash, and since consecutive numbers
/// have consecutive places there is hardly ever anything to search: a tenth of what a dictionary
/// costs. An old number that is still there when the places have gone round makes the new one move on
/// to the next free place; removing closes such gaps, so nothing piles up.
///
/// Not for numbers that come from outside: who chooses numbers that share a place makes it slow.
public struct NumberTable<ID: Numbered, Value> {
    /// Who has each place; `nil` if it is free. A power of two of them, at most half of them taken.
    @usableFromInline var ids: [ID?]
    /// What is kept, at the places of ``ids``.
    @usableFromInline var values: [Value?]
    @usableFromInline var takenCount = 0

    /// Has no entries.
    public init() {
        ids = [ID?](repeating: nil, count: 16)
        values = [Value?](repeating: nil, count: 16)
    }

    /// Entries.
    @inlinable public var count: Int { takenCount }

    /// Whether there are no entries.
    @inlinable public var isEmpty: Bool { takenCount == 0 }

    /// What is kept for a number; `nil` if nothing is.
    @inlinable public subscript(id: ID) -> Value? {
        guard let place = place(of: id) else { return nil }
        return values[place]
    }

    /// Whether something is kept for a number.
    @inlinable public func contains(_ id: ID) -> Bool { place(of: id) != nil }

    /// Keeps a value.
    /// - Precondition: Nothing is kept for the number.
    @inlinable public mutating func insert(_ value: Value, for id: ID) {
        if takenCount * 2 >= ids.count { grow() }
        var place = home(of: id)
        while let other = ids[place] {
            precondition(other.number != id.number, "a number is given out once")
            place = next(after: place)
        }
        ids[place] = id
        values[place] = value
        takenCount += 1
    }

    /// Changes what is kept for a number, where it is.
    /// - Returns: What the change returns; `nil` if nothing is kept.
    @inlinable @discardableResult
    public mutating func update<Result>(
        _ id: ID, _ change: (inout Value) -> Result
    ) -> Result? {
        guard let place = place(of: id) else { return nil }
        return values[place].mutate(change)
    }

    /// Forgets what is kept for a number, and returns it; `nil` if nothing is.
    @inlinable @discardableResult public mutating func remove(_ id: ID) -> Value? {
        guard let place = place(of: id) else { return nil }
        let value = values[place].take()
        ids[place] = nil
        takenCount -= 1
        closeGap(at: place)
        return value
    }

    /// Forgets everything.
    public mutating func removeAll() {
        self = NumberTable()
    }

    @inlinable func home(of id: ID) -> Int {
        Int(truncatingIfNeeded: id.number) & (ids.count &- 1)
    }

    @inlinable func next(after place: Int) -> Int {
        (place &+ 1) & (ids.count &- 1)
    }

    @inlinable func place(of id: ID) -> Int? {
        var place = home(of: id)
        while let other = ids[place] {
            if other.number == id.number { return place }
            place = next(after: place)
        }
        return nil
    }

    /// Moves entries that had to move on because the place was taken back towards their own.
    @inlinable mutating func closeGap(at place: Int) {
        var gap = place
        var place = next(after: place)
        while let id = ids[place] {
            // How far it is from its own place, and from the gap.
            let moved = (place &- home(of: id)) & (ids.count &- 1)
            if moved >= (place &- gap) & (ids.count &- 1) {
                ids.swapAt(place, gap)
                values.swapAt(place, gap)
                gap = place
            }
            place = next(after: place)
        }
    }

    @usableFromInline mutating func grow() {
        let (oldIDs, oldValues) = (ids, values)
        ids = [ID?](repeating: nil, count: oldIDs.count * 2)
        values = [Value?](repeating: nil, count: oldIDs.count * 2)
        takenCount = 0
        for case (let id?, let value?) in zip(oldIDs, oldValues) { insert(value, for: id) }
    }
}

extension NumberTable: Sendable where Value: Sendable {}

extension NumberTable: Sequence {
    /// The entries, in no order that means anything.
    public func makeIterator() -> some IteratorProtocol<(key: ID, value: Value)> {
        zip(ids, values).lazy.compactMap { id, value in
            id.flatMap { id in value.map { (key: id, value: $0) } }
        }.makeIterator()
    }
}

extension Optional {
    /// Changes what is there, where it is.
    @inlinable mutating func mutate<Result>(
        _ change: (inout Wrapped) -> Result
    ) -> Result? {
        // Taken out meanwhile, so that what it holds is not copied when it is changed.
        guard var value = take() else { return nil }
        defer { self = value }
        return change(&value)
    }
}
