import ArkaModel

extension Checker {
    /// Checks an action; `nil` if it was reported.
    mutating func check(_ action: ActionSyntax) -> CheckedAction? {
        let name = action.path.map(\.text).joined(separator: ".")
        if action.path[0].text == "plugin", action.path.count > 1 {
            return check(pluginAction: action)
        }
        guard action.path.count == 1, let kind = PlannedAction.Kind(rawValue: name) else {
            let names = PlannedAction.Kind.allCases.map(\.rawValue)
            report(
                .unknownAction, "there is no action '\(name)'",
                expected: "one of " + names.joined(separator: ", ")
                    + ", or plugin.name.function(…)",
                suggestion: near(to: name, among: names),
                at: action.path[0].range.union(action.path[action.path.count - 1].range))
            return nil
        }
        return check(action, kind)
    }

    private mutating func check(pluginAction action: ActionSyntax) -> CheckedAction? {
        guard let function = function(action.path, isAction: true) else {
            for argument in action.arguments { _ = output(argument.value) }
            return nil
        }
        guard let arguments = arguments(action.arguments, function, at: action.range) else {
            return nil
        }
        return CheckedAction(
            kind: .call(CheckedCall(function: function, arguments: arguments)))
    }

    private mutating func check(
        _ action: ActionSyntax, _ kind: PlannedAction.Kind
    ) -> CheckedAction? {
        var values: [String: ExpressionSyntax] = [:]
        var isSound = true
        for argument in action.arguments {
            if !check(argument.name, of: kind, isRepeated: values[argument.name.text] != nil) {
                isSound = false
            }
            values[argument.name.text] = argument.value
        }
        let reason = values["reason"].map { self.reason($0) }
        let details = kind.allows("details") ? values["details"].map { output($0) } : nil
        if reason == nil, kind.requires("reason"), isSound {
            report(
                .missingArgument, "\(kind.rawValue) needs a reason",
                expected: "\(kind.rawValue)(reason: \"…\")", at: action.range)
            return nil
        }
        guard isSound, reason != .some(nil), details != .some(nil) else { return nil }
        return CheckedAction(
            kind: .decide(
                kind, reason: reason.flatMap(\.self), details: details.flatMap(\.self)))
    }

    private mutating func check(
        _ name: NameSyntax, of kind: PlannedAction.Kind, isRepeated: Bool
    ) -> Bool {
        guard kind.allows(name.text) else {
            report(
                .unknownArgument, "\(kind.rawValue) takes no '\(name.text)'",
                expected: kind.argumentNames.joined(separator: " and "),
                suggestion: near(to: name.text, among: kind.argumentNames), at: name.range)
            return false
        }
        guard !isRepeated else {
            report(
                .repeatedName, "'\(name.text)' is given twice", expected: "it only once",
                at: name.range)
            return false
        }
        return true
    }

    /// The text that people will read: always one, whatever the record holds where no schema says.
    private mutating func reason(_ syntax: ExpressionSyntax) -> Output? {
        guard let output = output(syntax) else { return nil }
        switch output {
        case .constant(.text, _), .text: return output
        default: if isText(output) { return .text([.value(output)]) }
        }
        report(
            .invalidArgument, "a reason is a text",
            expected: "a text in double quotes; \\(…) puts a value into it",
            at: syntax.range)
        return nil
    }

    private func isText(_ output: Output) -> Bool {
        switch output {
        case .text, .constant(.text, _): true
        case .value(let value, _): value.isText
        case .first(let outputs): outputs.allSatisfy(isText)
        case .field(let field): catalog.fields[field].valueTypes.contains(.text)
        default: false
        }
    }
}

extension PlannedAction.Kind {
    fileprivate var argumentNames: [String] {
        self == .requireManualReview ? ["reason", "details"] : ["reason"]
    }

    fileprivate func allows(_ name: String) -> Bool { argumentNames.contains(name) }

    fileprivate func requires(_ name: String) -> Bool {
        name == "reason" && self != .flagForReview
    }
}
