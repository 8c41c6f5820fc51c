public import ArkaResilience

/// One thing for which a rule book's calls cannot be made.
public struct CallPlanProblem: Sendable, Hashable {
    /// The function as rules call it, such as `plugin.sanctions_list.check_sanctions`.
    public let function: String
    /// What is wrong.
    public let kind: Kind

    /// What can be wrong.
    public enum Kind: Sendable, Hashable {
        /// No plugin offers the function; a near name where one is near.
        case notOffered(suggestion: String?)
        /// A rule gives an argument that the function, as its plugin offers it, does not take.
        case unknownArgument(String)
        /// No rule's call gives an argument that the function must have.
        case missingArgument(String)
        /// A parameter's default is no JSON value.
        case malformedDefault(String)
        /// A setting of how it is called cannot be as it is.
        case setting(SettingProblem)
    }

    /// Names a problem.
    public init(_ function: String, _ kind: Kind) {
        self.function = function
        self.kind = kind
    }

    /// What to tell people, one sentence without a full stop.
    public var message: String {
        switch kind {
        case .notOffered(let near):
            "no plugin offers \(function)" + (near.map { "; did you mean \($0)?" } ?? "")
        case .unknownArgument(let name):
            "\(function) takes no argument \(name): the rules were checked against another version "
                + "of the plugin"
        case .missingArgument(let name):
            "\(function) must be given \(name): the rules were checked against another version of "
                + "the plugin"
        case .malformedDefault(let name):
            "the default of \(name) of \(function) is no JSON value with exact numbers; correct it "
                + "where the function is registered"
        case .setting(let problem):
            "\(problem.setting) of \(function) must be \(problem.expectation)"
        }
    }
}

/// All that is wrong with a rule book's calls.
public struct CallPlanProblems: Error, Hashable {
    /// At least one, in the order of the book's calls.
    public let problems: [CallPlanProblem]

    init(_ problems: [CallPlanProblem]) {
        precondition(!problems.isEmpty, "thrown only where something is wrong")
        self.problems = problems
    }
}
