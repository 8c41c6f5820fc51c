import ArkaModel

extension Checker {
    /// Checks an action; `nil` if it was reported.
    mutating func check(_ action: ActionSyntax) -> PlannedAction? {
        guard let kind = PlannedAction.Kind(rawValue: action.name.text) else {
            let names = PlannedAction.Kind.allCases.map(\.rawValue)
            report(
                .unknownAction, "there is no action '\(action.name.text)'",
                expected: "one of " + names.joined(separator: ", "),
                suggestion: nearName(to: action.name.text, among: names), at: action.name.range)
            return nil
        }
        var values: [String: ExpressionSyntax] = [:]
        var isSound = true
        for argument in action.arguments {
            if !check(argument.name, of: kind, isRepeated: values[argument.name.text] != nil) {
                isSound = false
            }
            values[argument.name.text] = argument.value
        }
        let reason = values["reason"].map { reasonText($0) }
        let details = kind.allows("details") ? values["details"].map { jsonText($0) } : nil
        if reason == nil, kind.requires("reason"), isSound {
            report(
                .missingArgument, "\(kind.rawValue) needs a reason",
                expected: "\(kind.rawValue)(reason: \"…\")", at: action.range)
            return nil
        }
        guard isSound, reason != .some(nil), details != .some(nil) else { return nil }
        return PlannedAction(kind, reason: reason.flatMap(\.self), details: details.flatMap(\.self))
    }

    private mutating func check(
        _ name: NameSyntax, of kind: PlannedAction.Kind, isRepeated: Bool
    ) -> Bool {
        guard kind.allows(name.text) else {
            report(
                .unknownArgument, "\(kind.rawValue) takes no '\(name.text)'",
                expected: kind.argumentNames.joined(separator: " and "),
                suggestion: nearName(to: name.text, among: kind.argumentNames), at: name.range)
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

    /// The text that people will read.
    private mutating func reasonText(_ syntax: ExpressionSyntax) -> String? {
        guard let checked = check(unread: syntax) else { return nil }
        if case .text(let bytes)? = checked.constant {
            return String(decoding: bytes, as: UTF8.self)
        }
        report(
            .invalidArgument, "a reason is a constant text", expected: "a text in double quotes",
            at: syntax.range)
        return nil
    }

    /// A literal as JSON.
    private mutating func jsonText(_ syntax: ExpressionSyntax) -> String? {
        switch syntax.kind {
        case .null: return "null"
        case .list(let elements):
            let texts = elements.map { jsonText($0) }
            let sound = texts.compactMap(\.self)
            return sound.count == texts.count ? "[" + sound.joined(separator: ",") + "]" : nil
        default:
            guard let checked = check(unread: syntax) else { return nil }
            if let constant = checked.constant { return constant.jsonText }
            report(
                .invalidArgument, "details are constants for now",
                expected: "a text, a number, true, false, null or a list of them", at: syntax.range)
            return nil
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

extension Constant {
    /// As JSON writes it.
    fileprivate var jsonText: String {
        switch self {
        case .number(let value): value.description
        case .boolean(let value): value ? "true" : "false"
        case .text(let bytes): Self.quoted(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
