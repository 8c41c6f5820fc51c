import Testing

@testable import ArkaResilience

@Suite struct SingleFlightTests {
    private func call(_ number: Int) -> CallID { CallID(UInt64(number)) }

    @Test func `equal calls share a flight, others do not`() throws {
        var flights = SingleFlight()
        guard case .leads(let first) = flights.join(call(1), key: key(1)),
            case .leads(let other) = flights.join(call(2), key: key(2))
        else { throw Unexpected() }
        #expect(flights.join(call(3), key: key(1)) == .follows(first))
        #expect(flights.land(first) == [call(1), call(3)])
        #expect(flights.land(other) == [call(2)])
        #expect(flights.flightCount == 0 && flights.waitingCount == 0)
    }

    @Test func `one that leaves does not disturb the others, the last one ends the flight`() throws
    {
        var flights = SingleFlight()
        guard case .leads(let flight) = flights.join(call(1), key: key(1)) else {
            throw Unexpected()
        }
        _ = flights.join(call(2), key: key(1))
        #expect(flights.leave(call(1)) == .othersWait(flight))
        #expect(flights.leave(call(1)) == nil)
        #expect(flights.waiting(for: flight) == [call(2)])
        #expect(flights.leave(call(2)) == .last(flight))
        #expect(flights.land(flight) == [])
    }

    @Test func `what is over is not remembered: the next equal call leads`() throws {
        var flights = SingleFlight()
        guard case .leads(let failed) = flights.join(call(1), key: key(1)) else {
            throw Unexpected()
        }
        _ = flights.land(failed)
        guard case .leads(let next) = flights.join(call(2), key: key(1)) else { throw Unexpected() }
        #expect(next != failed)
        #expect(flights.land(failed) == [])
        #expect(flights.land(next) == [call(2)])
    }

    @Test func `calls with effects fly alone`() throws {
        var flights = SingleFlight()
        guard case .leads(let first) = flights.join(call(1), key: key(1), isShared: false),
            case .leads(let second) = flights.join(call(2), key: key(1), isShared: false)
        else { throw Unexpected() }
        #expect(flights.follow(call(3), key: key(1)) == nil)
        #expect(flights.land(second) == [call(2)])
        #expect(flights.land(first) == [call(1)])
    }

    /// Goal: whoever waits when a flight lands gets its result, in order, and nobody else.
    /// Method: every order of joining, leaving and landing of up to four calls, beside a list.
    @Test(arguments: 1...4)
    func `every order of joining, leaving and landing`(count: Int) {
        var orders = 0
        explore(SingleFlight(), flight: nil, waiting: [], fresh: Set(1...count), &orders)
        #expect(orders >= [0, 2, 10, 90, 1300][count], "\(orders) orders")
    }

    private func explore(
        _ flights: SingleFlight, flight: FlightID?, waiting: [Int], fresh: Set<Int>,
        _ orders: inout Int
    ) {
        if fresh.isEmpty, waiting.isEmpty { orders += 1 }
        for number in fresh.sorted() {
            var next = flights
            let joined = next.join(call(number), key: key(1))
            let led: FlightID? = if case .leads(let id) = joined { id } else { nil }
            if let flight { #expect(joined == .follows(flight)) } else { #expect(led != nil) }
            explore(
                next, flight: flight ?? led, waiting: waiting + [number],
                fresh: fresh.subtracting([number]), &orders)
        }
        guard let flight else { return #expect(waiting.isEmpty && flights.waitingCount == 0) }
        for number in waiting {
            var next = flights
            let left = waiting.filter { $0 != number }
            let expected = left.isEmpty ? SingleFlight.Left.last(flight) : .othersWait(flight)
            #expect(next.leave(call(number)) == expected)
            explore(
                next, flight: left.isEmpty ? nil : flight, waiting: left, fresh: fresh, &orders)
        }
        var next = flights
        #expect(next.land(flight) == waiting.map(call))
        explore(next, flight: nil, waiting: [], fresh: fresh, &orders)
    }
}

struct Unexpected: Error {}
