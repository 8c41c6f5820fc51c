import Testing

@testable import ArkaHTTP

/// The values that decide who waits: the gate, the deadlines, the address book.
@Suite struct WaitingTests {
    @Test func `a gate lets in as many as it has places, oldest first`() {
        var gate = HostGate<String, Int>(placesMax: 2, waitingMax: 3)
        #expect(
            (1...6).map { gate.arrive($0, at: "a") } == [
                .entered, .entered, .waits, .waits, .waits, .refused,
            ])
        #expect(gate.arrive(7, at: "b") == .entered)
        gate.abandon(4, at: "a")
        #expect(gate.waitingCount(at: "a") == 2)
        #expect(gate.leave("a") == 3)
        #expect(gate.leave("a") == 5)
        #expect(gate.leave("a") == nil)
        #expect(gate.leave("a") == nil)
        #expect(gate.leave("b") == nil)
        #expect(gate.hostCount == 0)
    }

    /// Random arrivals, leavings and abandonings, beside the plainest model: a list for each host.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a gate does what a list would`(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var gate = HostGate<Int, Int>(placesMax: 2, waitingMax: 5)
        var taken: [Int: Int] = [:]
        var lines: [Int: [Int]] = [:]
        for item in 0..<2000 {
            let host = Int.random(in: 0..<3, using: &generator)
            let line = lines[host, default: []]
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                let expected: HostGate<Int, Int>.Entrance =
                    taken[host, default: 0] < 2 ? .entered : line.count < 5 ? .waits : .refused
                #expect(gate.arrive(item, at: host) == expected)
                if expected == .entered { taken[host, default: 0] += 1 }
                if expected == .waits { lines[host, default: []].append(item) }
            case 1 where taken[host, default: 0] > 0:
                #expect(gate.leave(host) == line.first)
                if line.isEmpty { taken[host, default: 0] -= 1 } else { lines[host]?.removeFirst() }
            default:
                guard let victim = line.randomElement(using: &generator) else { continue }
                gate.abandon(victim, at: host)
                lines[host]?.removeAll { $0 == victim }
            }
            #expect(gate.takenCount(at: host) == taken[host, default: 0])
            #expect(gate.waitingCount(at: host) == lines[host, default: []].count)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `deadlines come up in their order, and those taken out not at all`(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var queue = DeadlineQueue<Int>()
        var model: [Int: Duration] = [:]
        for item in 0..<1000 {
            let deadline = Duration.milliseconds(Int.random(in: 0..<500, using: &generator))
            queue.add(item, deadline: deadline)
            model[item] = deadline
            if Bool.random(using: &generator),
                let victim = model.keys.randomElement(using: &generator)
            {
                queue.remove(victim)
                model[victim] = nil
            }
            #expect(queue.earliest() == model.values.min())
        }
        #expect(queue.count == model.count)
        #expect(queue.popExpired(at: .milliseconds(-1)) == nil)
        var last = Duration.zero
        while let item = queue.popExpired(at: .milliseconds(400)) {
            let deadline = model.removeValue(forKey: item)
            #expect(deadline.map { $0 >= last } == true)
            last = deadline ?? last
        }
        #expect(model.values.allSatisfy { $0 > .milliseconds(400) })
    }

    @Test func `an item may come back with another deadline`() {
        var queue = DeadlineQueue<Int>()
        queue.add(1, deadline: .seconds(1))
        queue.remove(1)
        queue.add(1, deadline: .seconds(2))
        #expect(queue.popExpired(at: .seconds(1)) == nil)
        #expect(queue.popExpired(at: .seconds(2)) == 1)
        #expect(queue.earliest() == nil)
    }

    @Test func `a book asks once, remembers, and asks again before it is worth nothing`() throws {
        var book = sampleBook()
        let found = [try #require(IPAddress("192.0.2.1"))]
        #expect(book.ask("a", for: 1, at: .zero) == .waits(lookup: true))
        #expect(book.ask("a", for: 2, at: .zero) == .waits(lookup: false))
        #expect(book.learn("a", found, at: .zero) == [1, 2])
        #expect(book.ask("a", for: 3, at: .seconds(9)) == .known(found, refresh: false))
        // Aged: still used, and asked for anew by the first who comes.
        #expect(book.ask("a", for: 4, at: .seconds(10)) == .known(found, refresh: true))
        #expect(book.ask("a", for: 5, at: .seconds(10)) == .known(found, refresh: false))
        // The lookup fails: the old answer stays until it is worth nothing.
        #expect(book.learn("a", [], at: .seconds(11)) == [])
        #expect(book.ask("a", for: 6, at: .seconds(11)) == .known(found, refresh: false))
        #expect(book.ask("a", for: 7, at: .seconds(109)) == .known(found, refresh: true))
        #expect(book.ask("a", for: 8, at: .seconds(110)) == .waits(lookup: false))
        #expect(book.learn("a", [], at: .seconds(110)) == [8])
        #expect(book.ask("a", for: 9, at: .seconds(110)) == .failed)
        #expect(book.ask("a", for: 9, at: .seconds(111)) == .waits(lookup: true))
    }

    @Test func `who waits no longer is not told, and the lookup goes on for the others`() throws {
        var book = sampleBook()
        let found = [try #require(IPAddress("192.0.2.1"))]
        for waiter in 1...3 { _ = book.ask("a", for: waiter, at: .zero) }
        book.abandon("a", 2)
        book.abandon("a", 4)
        book.abandon("b", 1)
        #expect(book.learn("a", found, at: .zero) == [1, 3])
        #expect(book.nameCount == 1)
    }

    @Test func `a book is bounded in names and in lookups`() throws {
        var book = sampleBook()
        let found = [try #require(IPAddress("192.0.2.1"))]
        for name in ["a", "b"] {
            #expect(book.ask(name, for: 1, at: .zero) == .waits(lookup: true))
        }
        #expect(book.ask("c", for: 1, at: .zero) == .full)
        #expect(book.learn("a", found, at: .zero) == [1])
        #expect(book.ask("c", for: 1, at: .zero) == .waits(lookup: true))
        #expect(book.learn("b", found, at: .zero) == [1])
        #expect(book.learn("c", found, at: .zero) == [1])
        #expect(book.nameCount == 3)
        #expect(book.ask("d", for: 1, at: .zero) == .waits(lookup: true))
        #expect(book.nameCount == 3)
        #expect(book.learn("nobody", found, at: .zero) == [])
    }

    private func sampleBook() -> AddressBook<Int> {
        AddressBook(
            ttl: .seconds(10), staleTTL: .seconds(100), failureTTL: .seconds(1), namesMax: 3,
            lookupsMax: 2)
    }
}

/// A generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
