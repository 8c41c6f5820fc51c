import ArkaModel
import ArkaResilience
import ArkaRules
import PactPlugins

/// Collects functions, calls and problems of a plan.
struct CallPlanner {
    let offered: [RegisteredFunction]
    let policies: [String: CallPolicy]
    let versions: [String: String]
    let seed: UInt64
    private(set) var functions: [PlannedFunction] = []
    private(set) var calls: [PlannedArguments] = []
    private(set) var problems: [CallPlanProblem] = []
    /// Indices of functions; `nil` for those with problems, which are reported once.
    private var indices: [String: Int?] = [:]

    init(
        offered: [RegisteredFunction], policies: [String: CallPolicy], versions: [String: String],
        seed: UInt64
    ) {
        self.offered = offered
        self.policies = policies
        self.versions = versions
        self.seed = seed
    }

    mutating func add(_ call: PlannedCall) {
        guard let function = index(of: call.function.path) else { return }
        let parameters = functions[function].registered.signature.parameters
        for argument in call.arguments
        where !parameters.contains(where: { $0.name == argument.name }) {
            report(call.function.path, .unknownArgument(argument.name))
        }
        let sources = parameters.map { parameter in
            call.arguments.firstIndex { $0.name == parameter.name } ?? -1
        }
        for (parameter, source) in zip(parameters, sources)
        where source < 0 && parameter.isRequired && parameter.defaultValue == nil {
            report(call.function.path, .missingArgument(parameter.name))
        }
        calls.append(PlannedArguments(function: function, sources: sources))
    }

    private mutating func index(of path: String) -> Int? {
        if let known = indices[path] { return known }
        let index = planFunction(path)
        indices[path] = .some(index)
        return index
    }

    private mutating func planFunction(_ path: String) -> Int? {
        guard let registered = offered.first(where: { $0.signature.path == path }) else {
            let near = nearName(to: path, among: offered.map(\.signature.path))
            report(path, .notOffered(suggestion: near))
            return nil
        }
        var policy = policies[path] ?? CallPolicy(of: registered)
        policy.answersAtOnce = registered.form.isImmediate
        let settings = settingProblems(policy, registered)
        for problem in settings { report(path, .setting(problem)) }
        let defaults = defaults(of: registered)
        guard let shape = shape(of: registered), settings.isEmpty, let defaults else { return nil }
        functions.append(
            PlannedFunction(
                registered: registered, policy: policy, shape: shape, defaults: defaults))
        return functions.count - 1
    }

    private func settingProblems(
        _ policy: CallPolicy, _ function: RegisteredFunction
    ) -> [SettingProblem] {
        let itemsMax = function.form.itemsMax
        guard policy.batchItemsMax > itemsMax else { return policy.problems }
        let expected = "at most \(itemsMax), which is what the function takes at once"
        return policy.problems + [SettingProblem("batch.max_items", expected: expected)]
    }

    private mutating func shape(of function: RegisteredFunction) -> CallKeyShape? {
        let signature = function.signature
        let version = versions[signature.plugin] ?? ""
        guard let names = function.settings.cacheKey else {
            return CallKeyShape(signature, configurationVersion: version, seed: seed)
        }
        do {
            return try CallKeyShape(
                signature, configurationVersion: version, keyParameters: names, seed: seed)
        } catch {
            for problem in error.problems { report(signature.path, .setting(problem)) }
            return nil
        }
    }

    /// The defaults; `nil` if one of them cannot be read.
    private mutating func defaults(of function: RegisteredFunction) -> [DefaultArgument?]? {
        var isReadable = true
        let defaults = function.signature.parameters.map { parameter -> DefaultArgument? in
            guard let text = parameter.defaultValue else { return nil }
            guard let value = try? PluginValue(json: text) else {
                report(function.signature.path, .malformedDefault(parameter.name))
                isReadable = false
                return nil
            }
            return DefaultArgument(value)
        }
        return isReadable ? defaults : nil
    }

    private mutating func report(_ function: String, _ kind: CallPlanProblem.Kind) {
        let problem = CallPlanProblem(function, kind)
        if !problems.contains(problem) { problems.append(problem) }
    }
}
