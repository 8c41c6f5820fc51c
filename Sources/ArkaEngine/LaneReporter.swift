import ArkaPipeline
import ArkaStream
import ArkaTelemetry

/// Turns what a lane did into metrics and log lines.
struct LaneReporter: LaneObserver {
    let metrics: LaneMetrics
    let logger: Logger

    func didCommit(_ counts: OutcomeCounts, took: Duration) {
        metrics.commitSeconds.observe(took)
    }

    func didFail(_ failure: CommitFailure) {
        logger.warning("transaction failed", [.reason: .text("\(failure)")])
    }
}
