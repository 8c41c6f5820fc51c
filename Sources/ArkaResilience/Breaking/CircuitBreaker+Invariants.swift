extension CircuitBreaker {
    /// Checks in debug builds that state and counts are ones that can be.
    func checkInvariants() {
        #if DEBUG
            precondition(
                openNext >= policy.open && openNext <= policy.openMax, "it opens in bounds")
            precondition(window.sumsAgree, "the window's sums are those of its buckets")
            switch state {
            case .closed(let inARow):
                precondition(inARow < policy.consecutiveFailures, "it would have opened")
            case .open, .halfOpen:
                precondition(window.total.calls == 0, "nothing is counted while it is not closed")
            }
            let failures = counters.failures.values.reduce(0, +)
            precondition(counters.opened <= failures, "each opening is a failure's")
            precondition(counters.closed <= counters.probes, "each closing is a probe's")
        #endif
    }
}
