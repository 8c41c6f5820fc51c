/// How many calls of a function may be out, and how many may wait.
public struct BulkheadPolicy: Sendable, Hashable {
    /// What takes a place of a function that has a batch form.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        /// One batch, whatever its size: for services that charge by request. The default.
        case batches
        /// Each item of it: for services that do as much work for a batch as for its single calls.
        case items
    }

    /// Calls out at once.
    public var concurrentMax: Int
    /// Calls that may wait for a place; zero means that a call goes at once or not at all.
    public var waitingMax: Int
    /// What takes a place.
    public var unit: Unit

    /// Makes a policy.
    public init(
        concurrentMax: Int = ResilienceLimits.concurrentDefault,
        waitingMax: Int = ResilienceLimits.callsPendingMax, unit: Unit = .batches
    ) {
        self.concurrentMax = concurrentMax
        self.waitingMax = waitingMax
        self.unit = unit
    }

    /// What of it cannot be; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        check.require(concurrentMax, in: ResilienceLimits.concurrentRange, "max_concurrent")
        check.require(waitingMax, in: 0...ResilienceLimits.callsPendingMax, "max_waiting")
        return check.problems
    }
}
