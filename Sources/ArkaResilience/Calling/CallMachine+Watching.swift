extension CallMachine {
    /// What became of its calls so far.
    public var counters: CallCounters { tally }

    /// What its cache has done.
    public var cacheCounters: CacheCounters { cache.counters }

    /// What its breaker has seen.
    public var breakerCounters: BreakerCounters { breaker.counters }

    /// What its breaker is.
    public func breakerStatus(at now: Duration) -> BreakerStatus {
        breaker.status(at: max(now, latest))
    }

    /// Calls that have not ended.
    public var pendingCount: Int { pending.count + direct.itemCount }

    /// Calls of the plugin that have not ended, those included that nobody waits for.
    public var outCount: Int { dispatches.count + direct.count }

    /// Whether lanes whose rules call the function must stop reading: it does not work and its calls
    /// wait for that, see ``OutagePolicy/hold``, or some wait in its line for a place. A record that is
    /// read runs out of its budget in the line; in its topic it does not.
    public func stopsReading(at now: Duration) -> Bool {
        let status = breakerStatus(at: now)
        // In an outage those that are held stand in the line, too, for want of the breaker.
        guard policy.whenUnavailable == .hold, status != .closed else {
            return bulkhead.isCongested
        }
        return policy.whenUnavailable.stopsReading(
            while: status, unprobedCount: progress.count - probedCount)
    }

    /// When ``advance(to:into:)`` has something to do if nothing else happens; `nil` for never.
    public var nextWake: Duration? {
        [timers.next, nextSending].compactMap(\.self).min()
    }

    /// When one that waits in the line can go out for time alone.
    private var nextSending: Duration? {
        guard bulkhead.waitingCount > 0, bulkhead.hasPlace else { return nil }
        // While a probe is out only its end lets others out.
        if breaker.refusal(at: latest) != nil, breaker.probesAt == nil { return nil }
        let tokenAt = bucket.map { latest + $0.waitForToken(at: latest) }
        return max(breaker.probesAt ?? latest, tokenAt ?? latest)
    }
}
