/// Bounds how many requests to one host are out at once; the others wait in a line of bounded length.
///
/// First come, first served: libcurl has such a limit too, but its line is unfair (a tenfold p99).
struct HostGate<Host: Hashable, Item: Hashable> {
    /// What becomes of an item that arrives.
    enum Entrance: Hashable {
        /// It may go on, and takes a place.
        case entered
        /// It stands in the line.
        case waits
        /// The line is full.
        case refused
    }

    fileprivate struct Door {
        var takenCount = 0
        var line: [Item] = []
        /// Items at the start of the line that have gone.
        var goneCount = 0

        var waitingCount: Int { line.count - goneCount }
    }

    private let placesMax: Int
    private let waitingMax: Int
    private var doors: [Host: Door] = [:]

    /// Makes a gate at which nobody is.
    /// - Precondition: There is at least one place.
    init(placesMax: Int, waitingMax: Int) {
        precondition(placesMax >= 1 && waitingMax >= 0, "somebody must be able to pass")
        self.placesMax = placesMax
        self.waitingMax = waitingMax
    }

    /// Hosts that somebody goes to or waits for.
    var hostCount: Int { doors.count }

    /// Items with a place.
    func takenCount(at host: Host) -> Int { doors[host]?.takenCount ?? 0 }

    /// Items in the line.
    func waitingCount(at host: Host) -> Int { doors[host]?.waitingCount ?? 0 }

    /// Lets an item in, or puts it at the end of the line.
    mutating func arrive(_ item: Item, at host: Host) -> Entrance {
        var door = doors[host] ?? Door()
        guard door.takenCount >= placesMax else {
            door.takenCount += 1
            doors[host] = door
            return .entered
        }
        guard door.waitingCount < waitingMax else { return .refused }
        doors[host]?.line.append(item)
        return .waits
    }

    /// Gives a place back.
    /// - Returns: The oldest item of the line, which has taken it.
    mutating func leave(_ host: Host) -> Item? {
        precondition(takenCount(at: host) > 0, "a place is given back once")
        if let next = doors[host]?.popFirst() { return next }
        doors[host]?.takenCount -= 1
        if takenCount(at: host) == 0 { doors[host] = nil }
        return nil
    }

    /// Takes an item out of the line; nothing happens if it does not stand there.
    mutating func abandon(_ item: Item, at host: Host) {
        // Its door stays: there is a line only where all places are taken.
        doors[host]?.remove(item)
    }
}

extension HostGate.Door {
    fileprivate mutating func popFirst() -> Item? {
        guard waitingCount > 0 else { return nil }
        let item = line[goneCount]
        goneCount += 1
        // Moves what is left once for every half of the line, not for every item.
        if goneCount * 2 >= line.count {
            line.removeFirst(goneCount)
            goneCount = 0
        }
        return item
    }

    fileprivate mutating func remove(_ item: Item) {
        guard let index = line[goneCount...].firstIndex(of: item) else { return }
        line.remove(at: index)
    }
}
