extension CallMachine {
    /// Checks in debug builds that its parts agree: no call, place, ticket or timer is lost or doubled.
    @usableFromInline
    func checkInvariants() {
        #if DEBUG
            precondition(tally.started == tally.ended + pendingCount, "each call is in one place")
            precondition(flights.waitingCount == pending.count, "each pending call has a flight")
            precondition(flights.flightCount == progress.count, "each flight has its progress")
            let places = dispatches.map(\.value.places).reduce(direct.placeCount, +)
            precondition(places == bulkhead.takenCount, "places are taken by calls that are out")
            // Looking at all of them after each event is quadratic.
            guard pending.count <= 64, dispatches.count <= 64 else { return }
            checkFlights()
            checkTimers()
            let probes = dispatches.filter { $0.value.ticket.isProbe && !$0.value.isGivenUp }
            precondition(probes.count + direct.probeCount <= 1, "one probe at most")
        #endif
    }

    #if DEBUG
        private func checkFlights() {
            let probed = progress.count { $0.value.wasProbe }
            precondition(probed == probedCount, "each flight that was the probe is counted")
            for (flight, state) in progress {
                precondition(
                    (state.stage == .waiting) == bulkhead.contains(flight), "it waits in the line")
                precondition(
                    (state.stage == .backingOff) == timers.contains(.pause(flight)), "it pauses")
                if case .out(let id, let index) = state.stage {
                    precondition(
                        dispatches[id]?.flights[index] == flight, "it is out where it says")
                }
            }
            for (_, sent) in dispatches {
                precondition(sent.isWanted != sent.isGivenUp, "unwanted calls are given up")
                for case let flight? in sent.flights {
                    precondition(progress[flight] != nil, "what is out is a flight")
                }
            }
        }

        private func checkTimers() {
            let running = Set(pending.compactMap(\.value.budget))
            precondition(running.allSatisfy { timers.contains(.budget($0)) }, "budgets run")
            precondition(budgets.count == running.count, "no budget of nobody runs")
            let limits = dispatches.filter { !$0.value.isGivenUp }
            precondition(limits.allSatisfy { timers.contains(.limit($0.key)) }, "limits run")
            let pauses = progress.count { $0.value.stage == .backingOff }
            precondition(
                timers.count == running.count + limits.count + pauses, "no other timer runs")
        }
    #endif
}
