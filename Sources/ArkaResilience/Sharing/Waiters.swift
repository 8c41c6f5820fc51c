/// Those who wait for a flight, in the order in which they joined; `nil` where one has left.
///
/// As a rule one waits alone, so the first has a place of its own, and no list is made for it.
@usableFromInline struct Waiters: Sendable {
    private var first: CallID?
    private var more: [CallID?] = []
    /// Those who have not left.
    private(set) var count = 1

    init(_ first: CallID) {
        self.first = first
    }

    /// The one of a seat; `nil` if it has left.
    subscript(seat: Int) -> CallID? { seat == 0 ? first : more[seat - 1] }

    /// Who has waited longest.
    var oldest: CallID? { first ?? more.lazy.compactMap(\.self).first }

    /// Adds one more, and returns its seat.
    mutating func append(_ call: CallID) -> Int {
        more.append(call)
        count += 1
        return more.count
    }

    /// Lets the one of a seat go.
    mutating func leave(_ seat: Int) {
        if seat == 0 { first = nil } else { more[seat - 1] = nil }
        count -= 1
    }
}

extension Waiters: Sequence {
    /// Those who have not left, oldest first.
    @usableFromInline struct Iterator: IteratorProtocol {
        fileprivate let waiters: Waiters
        fileprivate var seat = 0

        @usableFromInline mutating func next() -> CallID? {
            while seat <= waiters.more.count {
                defer { seat += 1 }
                if let call = waiters[seat] { return call }
            }
            return nil
        }
    }

    @usableFromInline func makeIterator() -> Iterator { Iterator(waiters: self) }
}
