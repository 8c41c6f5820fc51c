/// The time limits that a function's author, its user and its sandbox set for one attempt.
public struct TimeLimits: Sendable, Hashable {
    /// What the function's author declared.
    public var function: Duration
    /// What whoever uses the plugin allows, such as a topology under `functions`, where it says something.
    public var configuration: Duration?
    /// What the sandbox allows, where there is one.
    public var sandbox: Duration?

    /// Makes limits.
    public init(
        function: Duration = ResilienceLimits.timeoutDefault, configuration: Duration? = nil,
        sandbox: Duration? = nil
    ) {
        self.function = function
        self.configuration = configuration
        self.sandbox = sandbox
    }

    /// What of it cannot be; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        let settings = [
            (function, "timeout"), (configuration, "functions.timeout"),
            (sandbox, "sandbox.resources.maxExecutionTime"),
        ]
        for case (let value?, let setting) in settings {
            check.require(value, in: ResilienceLimits.timeoutRange, setting)
        }
        return check.problems
    }

    /// The smallest of them. Of equal ones the first is named: it is the one to raise first.
    public var smallest: (limit: Duration, origin: Deadline.Origin) {
        var smallest = (limit: function, origin: Deadline.Origin.function)
        if let configuration, configuration < smallest.limit {
            smallest = (configuration, .configuration)
        }
        if let sandbox, sandbox < smallest.limit { smallest = (sandbox, .sandbox) }
        return smallest
    }
}
