/// What calls of plugins' functions cost, and what they may cost (DESIGN 10).
struct CallCosts: Sendable {
    /// One call in every transaction, and what it adds to the transaction's cost.
    struct Row: Sendable, Hashable {
        /// Which call.
        let name: String
        /// CPU time of all threads of the process per call, in nanoseconds; the median of the runs.
        let nanoseconds: Double
        /// At most so much; `nil` where nothing is promised.
        let nanosecondsMax: Double?

        /// Whether the bound is held; `nil` without one.
        var isHeld: Bool? { nanosecondsMax.map { nanoseconds <= $0 } }
    }

    /// Transactions of a run.
    let transactions: Int
    /// Runs of each kind.
    let runs: Int
    /// Bytes of a transaction.
    let recordBytes: Int
    /// What the same transactions cost without any call, in nanoseconds.
    let withoutCalls: Double
    let rows: [Row]
    /// Calls of a server; `nil` if nobody named one.
    var http: HTTPCosts?

    /// Whether all bounds are held.
    var isHeld: Bool { rows.allSatisfy { $0.isHeld != false } }
}

/// What requests to a server cost this process, and what they cost `wrk`.
struct HTTPCosts: Sendable {
    /// As many requests as a side makes in a second of CPU time.
    struct Side: Sendable, Hashable {
        let name: String
        let requests: Int
        /// CPU time of the side's process, user and kernel.
        let cpuTime: Duration

        /// Requests in a second of its CPU time.
        var requestsPerSecond: Double {
            cpuTime > .zero ? Double(requests) / (cpuTime / .seconds(1)) : 0
        }
    }

    /// What is asked.
    let url: String
    /// Requests that are out at a time.
    let concurrency: Int
    let engine: Side
    /// `nil` where `wrk` is not installed.
    var wrk: Side?
}
