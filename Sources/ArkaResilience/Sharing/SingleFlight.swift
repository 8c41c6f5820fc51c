/// Lets equal calls that are pending at the same time share one flight.
///
/// ```
///   join(key) ─► leads ──────────────► land: all who wait get what came, success or failure
///   join(key) ─► follows ──┘  │
///                             └─ the last one leaves ─► the flight is over, nobody wants it
/// ```
///
/// A flight that is over is forgotten with whatever it brought: the next equal call leads a new one.
/// So a failure reaches those who waited for it, and nobody else. All operations take constant time,
/// however many wait.
public struct SingleFlight: Sendable {
    /// What a call that joins is to the flight it gets.
    public enum Joined: Sendable, Hashable {
        /// The first one: somebody has to make the call.
        case leads(FlightID)
        /// One more that waits for the same answer.
        case follows(FlightID)
    }

    /// What a flight is after somebody left it.
    public enum Left: Sendable, Hashable {
        /// Others wait on.
        case othersWait(FlightID)
        /// Nobody does; the flight is over.
        case last(FlightID)
    }

    struct Flight: Sendable {
        let key: CallKey
        let isShared: Bool
        var waiters: Waiters
    }

    struct Seat: Sendable {
        let flight: FlightID
        let index: Int
    }

    private(set) var flights = NumberTable<FlightID, Flight>()
    private(set) var shared: [CallKey: FlightID] = [:]
    private(set) var seats = NumberTable<CallID, Seat>()
    private var numberNext: UInt64 = 0

    /// Has no flights.
    public init() {}

    /// Lets a call wait for an answer.
    /// - Parameters:
    ///   - call: One that does not wait yet.
    ///   - key: What is asked.
    ///   - isShared: `false` for functions with effects: each of their calls flies alone.
    public mutating func join(_ call: CallID, key: CallKey, isShared: Bool = true) -> Joined {
        if isShared, let id = follow(call, key: key) { return .follows(id) }
        return .leads(lead(call, key: key, isShared: isShared))
    }

    /// Lets a call wait with an equal one that is pending; `nil` if there is none.
    mutating func follow(_ call: CallID, key: CallKey) -> FlightID? {
        guard let id = shared[key] else { return nil }
        guard let index = flights.update(id, { $0.waiters.append(call) }) else {
            preconditionFailure("a key leads to a flight")
        }
        seats.insert(Seat(flight: id, index: index), for: call)
        checkInvariants()
        return id
    }

    /// Lets a call wait for an answer that somebody has to get.
    /// - Precondition: If it is shared, no equal call is pending.
    mutating func lead(_ call: CallID, key: CallKey, isShared: Bool) -> FlightID {
        let id = FlightID(number: numberNext)
        numberNext += 1
        flights.insert(Flight(key: key, isShared: isShared, waiters: Waiters(call)), for: id)
        seats.insert(Seat(flight: id, index: 0), for: call)
        if isShared { shared[key] = id }
        checkInvariants()
        return id
    }

    /// Lets a call go that no longer waits; the others are not disturbed.
    /// - Returns: What the flight is without it; `nil` if the call does not wait (any more).
    public mutating func leave(_ call: CallID) -> Left? {
        guard let seat = seats.remove(call) else { return nil }
        defer { checkInvariants() }
        let count = flights.update(seat.flight) { flight in
            flight.waiters.leave(seat.index)
            return flight.waiters.count
        }
        guard count == 0 else { return .othersWait(seat.flight) }
        forget(seat.flight)
        return .last(seat.flight)
    }

    /// Ends a flight.
    /// - Returns: Those who waited for it, in the order in which they joined; none if it is over.
    public mutating func land(_ id: FlightID) -> [CallID] {
        take(id).map { Array($0) } ?? []
    }

    /// Ends a flight, as ``land(_:)`` does, and makes no list; `nil` if it is over.
    mutating func take(_ id: FlightID) -> Waiters? {
        guard let flight = forget(id) else { return nil }
        for call in flight.waiters { seats.remove(call) }
        checkInvariants()
        return flight.waiters
    }

    /// What a flight asks; `nil` if it is over.
    public func key(of id: FlightID) -> CallKey? {
        flights[id]?.key
    }

    /// What a call waits for; `nil` if it does not wait.
    public func flight(of call: CallID) -> FlightID? {
        seats[call]?.flight
    }

    /// Those who wait for a flight, in the order in which they joined.
    public func waiting(for id: FlightID) -> [CallID] {
        waiters(of: id).map { Array($0) } ?? []
    }

    /// The same without a list; `nil` if the flight is over.
    func waiters(of id: FlightID) -> Waiters? { flights[id]?.waiters }

    /// Calls that wait.
    public var waitingCount: Int { seats.count }

    /// Flights that somebody waits for.
    public var flightCount: Int { flights.count }

    @discardableResult
    private mutating func forget(_ id: FlightID) -> Flight? {
        guard let flight = flights.remove(id) else { return nil }
        if flight.isShared { shared[flight.key] = nil }
        return flight
    }
}
