public import ArkaModel
public import ArkaResilience
public import PactPlugins

/// A plugin that a topology uses.
public struct PluginUse: Sendable {
    /// What is used: the reference of a plugin that is linked into the program, such as
    /// `pact/sanctions-list`.
    public var reference: String
    /// The name by which rules call it: `sanctions_list` for `sanctions-list`.
    public var name: String
    /// Its own configuration, an object.
    public var configuration: PluginValue
    /// The hosts that it may reach: exact names, or `*.` and a suffix. None without an entry.
    public var hosts: [String]
    /// What a document about the plugin lets it do; without one, nothing is bounded here. Its hosts are
    /// among ``hosts`` already.
    public var sandbox = SandboxPolicy()
    /// What it may log.
    public var logging = PluginLogging()
    /// What is said of how its functions are called.
    public var functions: [FunctionUse]
    /// The functions that it has, as rules call them.
    public var signatures: [FunctionSignature] = []
    /// The texts of its configuration at least a part of which comes from the environment: never printed.
    public var environmentTexts: [String] = []

    /// Uses a plugin as it is.
    public init(
        _ reference: String, name: String, configuration: PluginValue = .object([]),
        hosts: [String] = [], functions: [FunctionUse] = []
    ) {
        self.reference = reference
        self.name = name
        self.configuration = configuration
        self.hosts = hosts
        self.functions = functions
    }
}

/// What a topology says of how one function is called; `nil` where the function's own word counts.
public struct FunctionUse: Sendable, Hashable {
    /// The function's name.
    public var name: String
    /// How long one attempt may take at most; the function's own limit stays.
    public var timeout: Duration?
    /// How long answers are kept; zero for not at all.
    public var cacheTTL: Duration?
    /// Calls that may be out at once.
    public var concurrentMax: Int?
    /// What becomes of calls while it does not work.
    public var whenUnavailable: OutagePolicy?
    /// When calls are kept away from it.
    public var breaker: BreakerPolicy?

    /// Says nothing of a function.
    public init(_ name: String) {
        self.name = name
    }
}

extension CallPolicy {
    /// Repeats failed calls until the circuit breaker has had its chance to see an outage: the first ones
    /// to fail in one must not be decided without an answer either, where all others are held.
    ///
    /// More attempts than failures open the breaker: so a call that still fails does so alone, among
    /// others that succeed, and holds up nobody.
    fileprivate mutating func retryUntilOutageShows() {
        let attempts = min(breaker.consecutiveFailures + 3, ResilienceLimits.attemptsMax)
        guard retry.attemptsMax < attempts else { return }
        retry = RetryPolicy(
            attemptsMax: attempts, backOffFirst: .milliseconds(250), backOffMax: .seconds(1))
    }
}

extension PluginUse {
    /// The policy of one of its functions, with what is said of it here.
    /// - Parameter own: What the function's author says.
    public func policy(of function: String, own: CallPolicy) -> CallPolicy {
        let said = functions.first { $0.name == function }
        var policy = said?.applied(to: own) ?? own
        policy.limits.sandbox = sandbox.resources.callTime
        return policy
    }
}

extension FunctionUse {
    /// The policy of a function with what is said here.
    public func applied(to policy: CallPolicy) -> CallPolicy {
        var policy = policy
        if let timeout { policy.limits.configuration = timeout }
        if let cacheTTL { policy.cacheTTL = cacheTTL }
        if let concurrentMax { policy.bulkhead.concurrentMax = concurrentMax }
        if let whenUnavailable { policy.whenUnavailable = whenUnavailable }
        if let breaker { policy.breaker = breaker }
        if policy.whenUnavailable == .hold { policy.retryUntilOutageShows() }
        return policy
    }
}
