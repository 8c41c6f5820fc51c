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
        /// In the order in which they joined; `nil` where one has left.
        var calls: [CallID?]
        var waitingCount: Int
    }

    struct Seat: Sendable {
        let flight: FlightID
        let index: Int
    }

    private(set) var flights: [FlightID: Flight] = [:]
    private(set) var shared: [CallKey: FlightID] = [:]
    private(set) var seats: [CallID: Seat] = [:]
    private var numberNext: UInt64 = 0

    /// Has no flights.
    public init() {}

    /// Lets a call wait for an answer.
    /// - Parameters:
    ///   - call: One that does not wait yet.
    ///   - key: What is asked.
    ///   - isShared: `false` for functions with effects: each of their calls flies alone.
    public mutating func join(_ call: CallID, key: CallKey, isShared: Bool = true) -> Joined {
        precondition(seats[call] == nil, "a call waits once")
        defer { checkInvariants() }
        if isShared, let id = shared[key] {
            take(seat: call, in: id)
            return .follows(id)
        }
        let id = FlightID(number: numberNext)
        numberNext += 1
        flights[id] = Flight(key: key, isShared: isShared, calls: [call], waitingCount: 1)
        seats[call] = Seat(flight: id, index: 0)
        if isShared { shared[key] = id }
        return .leads(id)
    }

    /// Lets a call go that no longer waits; the others are not disturbed.
    /// - Returns: What the flight is without it; `nil` if the call does not wait (any more).
    public mutating func leave(_ call: CallID) -> Left? {
        guard let seat = seats.removeValue(forKey: call) else { return nil }
        defer { checkInvariants() }
        flights[seat.flight]?.calls[seat.index] = nil
        flights[seat.flight]?.waitingCount -= 1
        guard flights[seat.flight]?.waitingCount == 0 else { return .othersWait(seat.flight) }
        forget(seat.flight)
        return .last(seat.flight)
    }

    /// Ends a flight.
    /// - Returns: Those who waited for it, in the order in which they joined; none if it is over.
    public mutating func land(_ id: FlightID) -> [CallID] {
        guard let flight = forget(id) else { return [] }
        defer { checkInvariants() }
        let calls = flight.calls.compactMap(\.self)
        for call in calls { seats[call] = nil }
        return calls
    }

    /// Whether an equal call is pending that one more may join.
    public func isPending(_ key: CallKey) -> Bool {
        shared[key] != nil
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
        flights[id]?.calls.compactMap(\.self) ?? []
    }

    /// Calls that wait.
    public var waitingCount: Int { seats.count }

    /// Flights that somebody waits for.
    public var flightCount: Int { flights.count }

    private mutating func take(seat call: CallID, in id: FlightID) {
        guard let index = flights[id]?.calls.count else { return }
        flights[id]?.calls.append(call)
        flights[id]?.waitingCount += 1
        seats[call] = Seat(flight: id, index: index)
    }

    @discardableResult
    private mutating func forget(_ id: FlightID) -> Flight? {
        guard let flight = flights.removeValue(forKey: id) else { return nil }
        if flight.isShared { shared[flight.key] = nil }
        return flight
    }
}
