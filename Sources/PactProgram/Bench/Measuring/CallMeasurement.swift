import ArkaStream
import ArkaSystem

/// The name by which `pact bench` is asked for the cost of calls.
let callsBench = "calls"

/// Measures what a call adds to the cost of a transaction: the same transactions are decided with and
/// without it, in turns.
/// - Parameters:
///   - transactions: Transactions of a run, made up to whole batches.
///   - runs: Runs of each kind.
/// - Throws: `SystemError` (`outOfResources`), as for any lane.
func measureCalls(transactions: Int, runs: Int) throws(SystemError) -> CallCosts {
    let batches = (transactions + RecordBatch.capacity - 1) / RecordBatch.capacity
    var measured: [CallBenchLane.Form: [LaneRun]] = [:]
    var lanes: [(CallBenchLane.Form, CallBenchLane)] = []
    for form in CallBenchLane.Form.allCases { lanes.append((form, try CallBenchLane(form))) }
    // The first batches fill caches and grow what is kept from batch to batch.
    for (_, lane) in lanes { _ = LaneRun(lane, batches: 2) }
    for _ in 0..<runs {
        for (form, lane) in lanes {
            measured[form, default: []].append(LaneRun(lane, batches: batches))
        }
    }
    return CallCosts(
        transactions: batches * RecordBatch.capacity, runs: runs,
        recordBytes: callBenchRecords.reduce(0) { $0 + $1.count } / callBenchRecords.count,
        withoutCalls: median(measured[.none, default: []].map(\.whole)) ?? 0,
        rows: rows(measured))
}

/// CPU time of a run, in nanoseconds per transaction.
private struct LaneRun {
    let whole: Double
    /// The part in which questions were settled.
    let settling: Double

    init(_ lane: CallBenchLane, batches: Int) {
        let (start, settlingStart) = (ProcessUsage.allCPUTime, lane.desk.settling)
        var transactions = 0
        for _ in 0..<batches { transactions += lane.decideBatch() }
        let used = ProcessUsage.allCPUTime - start
        whole = used / .nanoseconds(1) / Double(transactions)
        settling = (lane.desk.settling - settlingStart) / .nanoseconds(1) / Double(transactions)
    }
}

private func rows(_ measured: [CallBenchLane.Form: [LaneRun]]) -> [CallCosts.Row] {
    let base = measured[.none, default: []]
    /// What a form costs more than the run without calls just before it.
    func added(_ form: CallBenchLane.Form) -> Double {
        median(zip(measured[form, default: []], base).map { $0.whole - $1.whole }) ?? 0
    }
    return [
        .init(
            name: "answered from the cache",
            nanoseconds: median(measured[.cached, default: []].map(\.settling)) ?? 0,
            nanosecondsMax: 200),
        .init(
            name: "answered from the cache, with all that it adds to its transaction",
            nanoseconds: added(.cached), nanosecondsMax: nil),
        .init(
            name: "of a batch function that answers at once, with all that it adds",
            nanoseconds: added(.batchAtOnce), nanosecondsMax: 1000),
        .init(
            name: "the same with answers that all differ",
            nanoseconds: added(.batchAtOnceVarying), nanosecondsMax: nil),
        .init(
            name: "of a batch function that answers later, with all that it adds",
            nanoseconds: added(.batchLater), nanosecondsMax: nil),
    ]
}
