/// What a call of the plugin says of the service behind it.
@usableFromInline enum DispatchVerdict: Sendable, Equatable {
    /// It answered something to someone.
    case works
    /// It failed; of several items the first one's failure is named.
    case fails(FailureKind)
    /// Nothing: all that it was given was refused before anybody was asked.
    case unknown
}

extension DispatchResult {
    /// What the breaker is to make of it.
    @usableFromInline var verdict: DispatchVerdict {
        switch self {
        case .failed(let failure): return failure.verdict
        case .results(let results):
            var verdict = DispatchVerdict.unknown
            for result in results {
                guard case .failure(let failure) = result else { return .works }
                if verdict == .unknown { verdict = failure.verdict }
            }
            return verdict
        }
    }
}

extension CallFailure {
    fileprivate var verdict: DispatchVerdict {
        kind.countsAgainstService ? .fails(kind) : .unknown
    }
}
