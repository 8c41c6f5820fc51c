public import ArkaStream

/// Who wants to know what a lane did; called on its thread, at most once per commit.
public protocol LaneObserver: Sendable {
    /// A commit went through; `took` is the time since it was started.
    func didCommit(_ counts: OutcomeCounts, took: Duration)
    /// A transaction did not go through.
    func didFail(_ failure: CommitFailure)
}
