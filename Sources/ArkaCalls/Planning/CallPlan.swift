import ArkaModel
public import ArkaResilience
public import ArkaRules
public import PactPlugins

/// How each call of a rule book is made: which function answers it, with which arguments, under which
/// key.
///
/// One per topology, read by all lanes. Its functions are those that the book calls, each once.
public struct CallPlan: Sendable {
    /// The functions, in the order in which the book first calls them.
    let functions: [PlannedFunction]
    /// One per call of the book.
    let calls: [PlannedArguments]

    /// The functions as rules call them, such as `plugin.sanctions_list.check_sanctions`; the order of
    /// ``CallStage/snapshot()``.
    public var paths: [String] { functions.map(\.path) }

    /// Plans the calls of a rule book.
    /// - Parameters:
    ///   - book: The rules; only their calls are looked at.
    ///   - functions: What plugins offer. Of functions with one path the first counts.
    ///   - policies: How functions are called whose configuration says something, by path; those of
    ///     others are what their authors wish.
    ///   - versions: For each plugin's rule name what differs wherever plugin or configuration may
    ///     answer differently, such as a digest of both; it is part of the keys.
    ///   - seed: The process' seed for hashes of keys.
    /// - Throws: ``CallPlanProblems``, all of them.
    public init(
        _ book: RuleBook, functions: [RegisteredFunction], policies: [String: CallPolicy] = [:],
        configurationVersions versions: [String: String] = [:], seed: UInt64 = 0
    ) throws(CallPlanProblems) {
        var planner = CallPlanner(
            offered: functions, policies: policies, versions: versions, seed: seed)
        for call in book.calls { planner.add(call) }
        if !planner.problems.isEmpty { throw CallPlanProblems(planner.problems) }
        self.functions = planner.functions
        calls = planner.calls
    }
}
