/// Leave to make one call, to be given back exactly once with what came of it.
public struct BreakerTicket: Sendable, Hashable {
    /// The breaker's life is cut into periods; an answer counts only in the one it was asked in.
    let period: UInt64
    /// Whether this call decides if the breaker closes.
    public let isProbe: Bool
}

/// What a breaker says to one who wants to make a call.
public enum BreakerAdmission: Sendable, Hashable {
    /// Make it, and report.
    case admitted(BreakerTicket)
    /// Do not.
    case refused(BreakerRefusal)
}

/// Why a breaker lets nobody through.
public struct BreakerRefusal: Sendable, Hashable {
    /// Time until a probe may go out; `nil` while one is out.
    public let probesIn: Duration?

    init(probesIn: Duration?) {
        self.probesIn = probesIn
    }
}

/// What an answer changed.
public enum BreakerChange: Sendable, Hashable {
    /// Nothing that anybody must know.
    case none
    /// Calls fail at once from now on, for so long.
    case opened(for: Duration)
    /// Calls go through again.
    case closed
}

/// What a breaker is, for metrics, health and decisions.
public enum BreakerStatus: String, Sendable, Hashable, CaseIterable {
    /// Calls go through.
    case closed
    /// No call does.
    case open
    /// One call does, to find out.
    case halfOpen = "half_open"
}
