/// A dictionary whose keys are numbers that are given out one after the other.
///
/// The low bits of a number are its place, so there is nothing to hash and nothing to search: a tenth
/// of what a dictionary costs. Where an old number still has the place when the numbers have gone
/// round, the new one goes to a dictionary beside, which is empty but for such. So no choice of
/// numbers makes it slower than a dictionary.
public struct NumberTable<ID: Numbered, Value> {
    /// Who has each place; `nil` if it is free. A power of two of them.
    @usableFromInline var ids: [ID?]
    /// What is kept, at the places of ``ids``.
    @usableFromInline var values: [Value?]
    /// Places that are taken: at most half of them.
    @usableFromInline var takenCount = 0
    /// What is kept for numbers whose place somebody else had.
    @usableFromInline var beside: [ID: Value] = [:]

    /// Has no entries.
    public init() {
        self.init(placeCount: 16)
    }

    private init(placeCount: Int) {
        ids = [ID?](repeating: nil, count: placeCount)
        values = [Value?](repeating: nil, count: placeCount)
    }

    /// Entries.
    @inlinable public var count: Int { takenCount + beside.count }

    /// Whether there are no entries.
    @inlinable public var isEmpty: Bool { count == 0 }

    /// What is kept for a number; `nil` if nothing is.
    @inlinable public subscript(id: ID) -> Value? {
        let place = place(of: id)
        if ids[place]?.number == id.number { return values[place] }
        return beside.isEmpty ? nil : beside[id]
    }

    /// Whether something is kept for a number.
    @inlinable public func contains(_ id: ID) -> Bool {
        ids[place(of: id)]?.number == id.number || !beside.isEmpty && beside[id] != nil
    }

    /// Keeps a value.
    /// - Precondition: Nothing is kept for the number.
    @inlinable public mutating func insert(_ value: Value, for id: ID) {
        precondition(!contains(id), "a number is given out once")
        if takenCount * 2 >= ids.count { grow() }
        let place = place(of: id)
        guard ids[place] == nil else {
            beside[id] = value
            return
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
        let place = place(of: id)
        if ids[place]?.number == id.number { return values[place].mutate(change) }
        return beside.isEmpty ? nil : beside[id].mutate(change)
    }

    /// Forgets what is kept for a number, and returns it; `nil` if nothing is.
    @inlinable @discardableResult public mutating func remove(_ id: ID) -> Value? {
        let place = place(of: id)
        guard ids[place]?.number == id.number else {
            return beside.isEmpty ? nil : beside.removeValue(forKey: id)
        }
        ids[place] = nil
        takenCount -= 1
        return values[place].take()
    }

    /// Forgets everything.
    public mutating func removeAll() {
        self = NumberTable()
    }

    @inlinable func place(of id: ID) -> Int {
        Int(truncatingIfNeeded: id.number) & (ids.count &- 1)
    }

    /// Doubles the places, where those beside may find one.
    @usableFromInline mutating func grow() {
        let before = self
        self = NumberTable(placeCount: ids.count * 2)
        for (id, value) in before { insert(value, for: id) }
    }
}

extension NumberTable: Sendable where Value: Sendable {}

extension NumberTable: Sequence {
    /// The entries, in no order that means anything.
    public func makeIterator() -> some IteratorProtocol<(key: ID, value: Value)> {
        var entries: [(key: ID, value: Value)] = beside.map { ($0, $1) }
        for case (let id?, let value?) in zip(ids, values) { entries.append((id, value)) }
        return entries.makeIterator()
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
