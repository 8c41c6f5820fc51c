/// How a call of a plugin's function ended.
@frozen public enum CallOutcome<Answer: Sendable>: Sendable {
    /// There is an answer.
    case answered(Answer, CallSource)
    /// The last attempt failed, or came too late, and there is no other.
    case failed(CallFailure, attempts: Int)
    /// It was not made: the circuit breaker is not closed.
    case open(BreakerRefusal)
    /// It was not made for want of time or room.
    case skipped(SkipReason)
}

/// Where an answer comes from.
@frozen public enum CallSource: Sendable, Hashable {
    /// It was kept from an earlier call.
    case cache(age: Duration, timeLeft: Duration)
    /// The plugin answered at the attempt of this number; `isShared` if equal calls got it too.
    case plugin(attempts: Int, isShared: Bool)
}

/// Why a call was not even tried.
@frozen public enum SkipReason: String, Sendable, Hashable, CaseIterable {
    /// The decision's budget was spent before the call could go out.
    case budgetSpent = "budget"
    /// As many calls of the function wait as may.
    case tooManyWaiting = "busy"
}

extension CallOutcome: Equatable where Answer: Equatable {}
