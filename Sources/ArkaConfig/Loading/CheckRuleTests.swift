import ArkaDocuments
public import ArkaModel
import ArkaRules

/// Finds what a file of rule tests says that its rules and functions cannot come to.
/// - Returns: Names that are not there, with near ones, and answers that no function gives.
public func faults(in file: RuleTestFile, against topology: TopologySpec) -> [Diagnostic] {
    var check = RuleTestCheck(topology)
    for test in file.tests {
        check.check(test.mocks)
        check.check(test.expectation)
    }
    return check.diagnostics
}

/// Finds mocks of functions that a topology does not have, and answers that they do not give.
public func faults(in mocks: [CallMock], against topology: TopologySpec) -> [Diagnostic] {
    var check = RuleTestCheck(topology)
    check.check(mocks)
    return check.diagnostics
}

/// Holds tests against the rules that they are for.
private struct RuleTestCheck {
    private(set) var diagnostics: [Diagnostic] = []
    private let functions: [FunctionSignature]
    private let rules: [String]

    init(_ topology: TopologySpec) {
        functions = topology.rules.functions.functions
        rules = topology.rules.book.rules.map(\.name)
    }

    // MARK: Mocks

    mutating func check(_ mocks: [CallMock]) {
        for mock in mocks {
            guard let function = question(mock.function, mock.place) else { continue }
            check(mock.arguments ?? [], of: function, mock.place)
            if let written = mock.written {
                check(written, function.result, "the answer of '\(function.name)'")
            }
        }
    }

    /// The function that a path names, which must answer something.
    private mutating func question(_ path: String, _ place: SourcePlace) -> FunctionSignature? {
        guard let function = functions.first(where: { $0.path == path }) else {
            report(
                "there is no function '\(shown(path))'", expected: listing(questions),
                suggestion: nearName(to: path, among: questions), place)
            return nil
        }
        guard function.kind != .action else {
            report(
                "'\(function.path)' acts and answers nothing",
                expected: "it among the actions of a test", place)
            return nil
        }
        return function
    }

    private var questions: [String] { functions.filter { $0.kind != .action }.map(\.path) }

    private mutating func check(
        _ arguments: [CallRequest.Argument], of function: FunctionSignature, _ place: SourcePlace
    ) {
        let names = function.parameters.map(\.name)
        for argument in arguments where !names.contains(argument.name) {
            report(
                "'\(function.name)' takes no '\(shown(argument.name))'", expected: listing(names),
                suggestion: nearName(to: argument.name, among: names), place)
        }
    }

    /// Holds an answer against what a function declares; `null` may stand for anything.
    private mutating func check(_ node: YAMLNode, _ schema: RecordSchema, _ what: String) {
        guard case .constrained(let constraint) = schema else { return }
        let value = RecordValue(node)
        guard value == .null || !constraint.types.isDisjoint(with: value.types) else {
            report(
                "\(what) is of another type than the function declares", expected: nil, node.place)
            return
        }
        if let constant = value.schemaConstant, constant != .null,
            let allowed = constraint.allowed, !allowed.contains(constant)
        {
            report("\(what) is never this value", expected: nil, node.place)
        }
        switch node.kind {
        case .scalar: return
        case .sequence(let items):
            for item in items { check(item, constraint.items, "an element of \(what)") }
        case .mapping(let entries): check(entries, constraint, what)
        }
    }

    private mutating func check(
        _ entries: [YAMLEntry], _ constraint: RecordSchema.Constraint, _ what: String
    ) {
        guard !constraint.properties.isEmpty else { return }
        let names = constraint.properties.map(\.name)
        for entry in entries {
            guard let property = constraint.properties.first(where: { $0.name == entry.key }) else {
                report(
                    "\(what) has no '\(shown(entry.key))'", expected: listing(names),
                    suggestion: nearName(to: entry.key, among: names), entry.keyPlace)
                continue
            }
            check(entry.value, property.schema, "'\(shown(entry.key))'")
        }
    }

    // MARK: Expectations

    mutating func check(_ expectation: RuleExpectation) {
        for rule in expectation.rules?.value ?? [] { check(rule: rule.value, rule.place) }
        for action in expectation.actions?.value ?? [] { check(action) }
        for call in expectation.calls?.value ?? [] {
            guard let function = question(call.value.function, call.place) else { continue }
            check(call.value.arguments, of: function, call.place)
        }
        for unknown in expectation.unknown?.value ?? [] {
            check(rule: unknown.value.rule, unknown.place)
        }
    }

    private mutating func check(rule: String, _ place: SourcePlace) {
        guard !rules.contains(rule) else { return }
        report(
            "there is no rule '\(shown(rule))'", expected: "a rule of those that are tested",
            suggestion: nearName(to: rule, among: rules), place)
    }

    private mutating func check(_ action: Placed<RuleExpectation.Action>) {
        if let rule = action.value.rule { check(rule: rule, action.place) }
        guard let name = action.value.name else { return }
        let deciding = PlannedAction.Kind.allCases.map(\.rawValue)
        let calling = functions.filter { $0.kind == .action }
        if let function = calling.first(where: { $0.path == name }) {
            check(action.value.arguments, of: function, action.place)
        } else if !deciding.contains(name) {
            let names = deciding + calling.map(\.path)
            report(
                "there is no action '\(shown(name))'", expected: listing(names),
                suggestion: nearName(to: name, among: names), action.place)
        }
    }

    private func listing(_ names: [String]) -> String {
        if names.isEmpty { return "a function that the rules may call; there is none" }
        return names.count <= 8 ? "one of " + names.joined(separator: ", ") : "a declared name"
    }

    private mutating func report(
        _ message: String, expected: String?, suggestion: String? = nil, _ place: SourcePlace
    ) {
        diagnostics.append(
            Diagnostic(
                .configRuleTest, message, expected: expected, suggestion: suggestion, at: place))
    }
}

extension RecordValue {
    /// The JSON types that a schema may call it.
    fileprivate var types: JSONTypes {
        switch self {
        case .object: .object
        case .array: .array
        case .string: .string
        case .boolean: .boolean
        case .number(let value):
            value.scaled % ExactDecimal.one.scaled == 0 ? [.number, .integer] : .number
        case .outOfRange: [.number, .integer]
        case .null, .duplicate: .null
        }
    }
}
