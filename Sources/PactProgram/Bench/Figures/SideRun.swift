/// One run of one side, the engine or the passthrough, as it was measured.
struct SideRun: Sendable, Hashable {
    /// Records read and answered.
    var records = 0
    /// Commits that went through, all lanes.
    var commits = 0
    /// Bytes of the records written.
    var bytesOut = 0
    /// CPU time of the whole process in user mode, from its start to its end.
    var userTime = Duration.zero
    /// The same in the kernel.
    var systemTime = Duration.zero
    /// CPU time that was spent before the group was joined; zero where the side does not tell.
    var startTime = Duration.zero
    /// From the first record read to the last commit.
    var activeTime = Duration.zero
    /// From the start of the process to its end.
    var wholeTime = Duration.zero

    /// CPU time per record, in microseconds.
    var cpuMicrosecondsPerRecord: Double {
        records == 0 ? 0 : ((userTime + systemTime) / .microseconds(1)) / Double(records)
    }

    /// Records in a second, between the first read and the last commit.
    var recordsPerSecond: Double {
        activeTime > .zero ? Double(records) / (activeTime / .seconds(1)) : 0
    }

    /// The same over the whole life of the process.
    var recordsPerSecondOverall: Double {
        wholeTime > .zero ? Double(records) / (wholeTime / .seconds(1)) : 0
    }

    /// How many records a commit of a lane holds.
    var recordsPerCommit: Double { commits == 0 ? 0 : Double(records) / Double(commits) }

    /// Bytes of a record written.
    var bytesPerRecord: Double { records == 0 ? 0 : Double(bytesOut) / Double(records) }
}

/// The middle value; the mean of the two middle ones where their number is even.
/// - Returns: `nil` without values.
func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
