/// Times at which something is due, the next one first; any can be called off.
///
/// A binary heap that knows the place of each timer, so that a timer that is called off is gone at
/// once: with a time limit of 30 s and thousands of calls a second, timers that merely wait to be
/// ignored would be most of the memory. Timers due at the same moment come in the order in which they
/// were set.
struct TimerQueue<ID: Hashable & Sendable>: Sendable {
    private struct Timer: Sendable {
        let id: ID
        let time: Duration
        let order: UInt64

        func isDue(before other: Timer) -> Bool {
            (time, order) < (other.time, other.order)
        }
    }

    private var heap: [Timer] = []
    private var places: [ID: Int] = [:]
    private var orderNext: UInt64 = 0

    var count: Int { heap.count }

    /// When the next timer is due.
    var next: Duration? { heap.first?.time }

    func contains(_ id: ID) -> Bool { places[id] != nil }

    /// - Precondition: The timer is not set.
    mutating func set(_ id: ID, at time: Duration) {
        precondition(places[id] == nil, "a timer is set once")
        heap.append(Timer(id: id, time: time, order: orderNext))
        orderNext += 1
        places[id] = heap.count - 1
        rise(from: heap.count - 1)
        checkInvariants()
    }

    /// Calls a timer off, if it is set.
    mutating func callOff(_ id: ID) {
        guard let place = places[id] else { return }
        remove(at: place)
        checkInvariants()
    }

    /// Takes the next timer that is due by now.
    mutating func popDue(at now: Duration) -> ID? {
        guard let first = heap.first, first.time <= now else { return nil }
        remove(at: 0)
        checkInvariants()
        return first.id
    }

    private mutating func remove(at place: Int) {
        places[heap[place].id] = nil
        let last = heap.removeLast()
        guard place < heap.count else { return }
        put(last, at: place)
        sink(from: place)
        rise(from: place)
    }

    private mutating func rise(from start: Int) {
        let timer = heap[start]
        var place = start
        while place > 0, timer.isDue(before: heap[(place - 1) / 2]) {
            put(heap[(place - 1) / 2], at: place)
            place = (place - 1) / 2
        }
        put(timer, at: place)
    }

    private mutating func sink(from start: Int) {
        let timer = heap[start]
        var place = start
        while let child = earlierChild(of: place), heap[child].isDue(before: timer) {
            put(heap[child], at: place)
            place = child
        }
        put(timer, at: place)
    }

    private func earlierChild(of place: Int) -> Int? {
        let left = 2 * place + 1
        let right = left + 1
        guard left < heap.count else { return nil }
        return right < heap.count && heap[right].isDue(before: heap[left]) ? right : left
    }

    private mutating func put(_ timer: Timer, at place: Int) {
        heap[place] = timer
        places[timer.id] = place
    }

    private func checkInvariants() {
        #if DEBUG
            precondition(places.count == heap.count, "each timer has one place")
            guard heap.count <= 64 else { return }
            for (place, timer) in heap.enumerated() {
                precondition(places[timer.id] == place, "each timer is at its place")
                precondition(
                    place == 0 || !timer.isDue(before: heap[(place - 1) / 2]), "heap order")
            }
        #endif
    }
}
