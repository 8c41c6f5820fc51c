extension SingleFlight {
    /// Checks in debug builds that calls, flights and keys agree.
    func checkInvariants() {
        #if DEBUG
            let waiting = flights.map(\.value.waiters.count).reduce(0, +)
            precondition(waiting == seats.count, "each call that waits has one seat")
            precondition(shared.count <= flights.count, "a key leads to one flight")
            // Looking at all of them after each change is quadratic.
            guard seats.count <= 64 else { return }
            for (id, flight) in flights {
                precondition(flight.waiters.count > 0, "somebody waits for each flight")
                precondition(
                    Array(flight.waiters).count == flight.waiters.count, "seats are counted")
                precondition(
                    !flight.isShared || shared[flight.key] == id, "a shared flight is found")
            }
            for (call, seat) in seats {
                precondition(
                    flights[seat.flight]?.waiters[seat.index] == call, "a seat is the call's")
            }
        #endif
    }
}
