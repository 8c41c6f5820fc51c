import ArkaModel

/// Calls of plugins' functions.
extension Checker {
    /// Checks something inside the answer of a call, or the answer itself.
    mutating func check(
        _ call: CallSyntax, _ steps: [StepSyntax], _ range: SourceRange
    ) -> CheckedExpression? {
        guard call.isOfPlugin else {
            _ = check(call, call.range)
            report(
                .noProperties, "the result of '\(call.path[0].text)' has no properties",
                expected: "the call alone", at: range)
            return nil
        }
        guard let bound = answer(of: call)?.appending(steps),
            let field = field(bound, steps.isEmpty ? call.path : steps, range)
        else { return nil }
        return read(field, range)
    }

    /// What a call answers, as the start of a path; `nil` if something was reported.
    mutating func answer(of call: CallSyntax) -> BoundPath? {
        guard let function = function(call.path, isAction: false) else {
            for argument in call.arguments { _ = output(argument.value) }
            return nil
        }
        guard let arguments = arguments(of: call, function) else { return nil }
        let index = catalog.index(of: CheckedCall(function: function, arguments: arguments))
        return BoundPath(.call(index), [], written: function.path)
    }

    // MARK: Functions

    /// Reports `plugin.sanctions-list.check(…)`, which is a subtraction by its grammar and one mistake
    /// by its author's intent.
    mutating func reportDashes(_ left: ExpressionSyntax, _ right: ExpressionSyntax) -> Bool {
        guard case .path(let start) = left.kind, start.count == 2, start[0].text == "plugin",
            scope.binding(named: "plugin") == nil, let rest = right.path, rest.count == 2
        else { return false }
        let name = start[1].text + "_" + rest[0].text
        report(
            .unknownFunction, "a plugin's name has no '-' here",
            expected: "'_' instead, as in plugin.\(name).\(rest[1].text)(…)",
            at: start[1].range.union(rest[0].range))
        return true
    }

    /// Finds the function that a path names; `nil` if that was reported.
    mutating func function(_ path: [StepSyntax], isAction: Bool) -> FunctionSignature? {
        guard path.count == 3, let plugin = path[1].step.property, let name = path[2].step.property
        else {
            report(
                .unknownFunction, "a plugin's function is called by two names",
                expected: "plugin.name.function(argument: value)",
                at: path[0].range.union(path[path.count - 1].range))
            return nil
        }
        guard let function = inputs.functions.function(plugin, name) else {
            reportUnknown(plugin, name, path)
            return nil
        }
        guard (function.kind == .action) == isAction else {
            report(
                .misplacedCall,
                isAction
                    ? "'\(name)' answers questions and does nothing"
                    : "'\(name)' acts, and a condition must not",
                expected: isAction ? "it in 'when'" : "it in 'then'", at: path[2].range)
            return nil
        }
        let range = path[0].range.union(path[2].range)
        if !calledFunctions.contains(where: { $0.signature == function }) {
            calledFunctions.append(
                CalledFunction(signature: function, place: SourcePlace(collector.source, range)))
        }
        return function
    }

    private mutating func reportUnknown(_ plugin: String, _ name: String, _ path: [StepSyntax]) {
        let plugins = inputs.functions.plugins
        if inputs.functions.unreadPlugins.contains(plugin), !plugins.contains(plugin) { return }
        guard plugins.contains(plugin) else {
            let expected =
                plugins.isEmpty
                ? "it under 'plugins' of the topology, or a table of its functions "
                    + "('rules.functions', --functions)"
                : Self.listing(plugins)
            report(
                .unknownFunction, "there is no plugin '\(plugin)'", expected: expected,
                suggestion: near(to: plugin, among: plugins), at: path[1].range)
            return
        }
        let names = inputs.functions.functions(of: plugin).map(\.name)
        report(
            .unknownFunction, "the plugin '\(plugin)' has no function '\(name)'",
            expected: Self.listing(names), suggestion: near(to: name, among: names),
            at: path[2].range)
    }

    // MARK: Arguments

    /// The arguments of a call in the order of the parameters; `nil` if something was reported.
    private mutating func arguments(
        of call: CallSyntax, _ function: FunctionSignature
    ) -> [CheckedCall.Argument]? {
        let named = call.arguments.compactMap { argument in
            argument.name.map { ArgumentSyntax(name: $0, value: argument.value) }
        }
        guard let unnamed = call.arguments.first(where: { $0.name == nil }) else {
            return arguments(named, function, at: call.range)
        }
        for argument in call.arguments { _ = output(argument.value) }
        let names = function.parameters.map(\.name)
        report(
            .unknownArgument, "an argument of a plugin's function has a name",
            expected: names.isEmpty
                ? "no arguments" : "\(Self.listing(names)) and ':' before the value",
            at: unnamed.value.range)
        return nil
    }

    /// The same for arguments that all have names.
    mutating func arguments(
        _ given: [ArgumentSyntax], _ function: FunctionSignature, at range: SourceRange
    ) -> [CheckedCall.Argument]? {
        var values: [String: Output] = [:]
        // What a misspelt name meant is not missing besides.
        var meant: Set<String> = []
        var isSound = true
        for argument in given {
            guard
                let parameter = parameter(
                    argument.name, of: function, isRepeated: values[argument.name.text] != nil)
            else {
                near(to: argument.name.text, among: function.parameters.map(\.name))
                    .map { _ = meant.insert($0) }
                _ = output(argument.value)
                isSound = false
                continue
            }
            let value = output(argument.value, for: parameter)
            isSound = isSound && value != nil
            values[parameter.name] = value ?? .null
        }
        let missing = function.parameters.filter {
            $0.isRequired && values[$0.name] == nil && !meant.contains($0.name)
        }
        if !missing.isEmpty {
            let names = missing.map { "'\($0.name)'" }.joined(separator: ", ")
            report(
                .missingArgument, "'\(function.name)' needs \(names)",
                expected: missing.map { "\($0.name): …" }.joined(separator: ", "), at: range)
            isSound = false
        }
        guard isSound else { return nil }
        return function.parameters.compactMap { parameter in
            values[parameter.name].map { CheckedCall.Argument(name: parameter.name, value: $0) }
        }
    }

    private mutating func parameter(
        _ name: NameSyntax, of function: FunctionSignature, isRepeated: Bool
    ) -> FunctionSignature.Parameter? {
        guard let parameter = function.parameters.first(where: { $0.name == name.text }) else {
            let names = function.parameters.map(\.name)
            report(
                .unknownArgument, "'\(function.name)' takes no '\(name.text)'",
                expected: names.isEmpty ? "no arguments" : Self.listing(names),
                suggestion: near(to: name.text, among: names), at: name.range)
            return nil
        }
        guard !isRepeated else {
            report(
                .repeatedName, "'\(name.text)' is given twice", expected: "it only once",
                at: name.range)
            return nil
        }
        return parameter
    }
}
