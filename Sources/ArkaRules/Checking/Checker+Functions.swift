import ArkaModel

/// The functions of the language.
enum BuiltinFunction: String, CaseIterable {
    case lower, upper, trim, length
    case abs, min, max, round, floor, ceil, trunc
    case timestamp
    case year, month, day, hour, minute, second, weekday
    case dayOfYear = "day_of_year"
    case week

    /// As it is called, for messages.
    var usage: String {
        switch self {
        case .lower, .upper, .trim: "\(rawValue)(text)"
        case .length: "length(text or array)"
        case .abs: "abs(number)"
        case .min, .max: "\(rawValue)(a, b, …)"
        case .round, .floor, .ceil, .trunc: "\(rawValue)(number) or \(rawValue)(number, decimals)"
        case .timestamp: "timestamp(text)"
        default: "\(rawValue)(date and time)"
        }
    }

    /// How many arguments it takes.
    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .min, .max: 2...Limits.argumentsMax
        case .round, .floor, .ceil, .trunc: 1...2
        default: 1...1
        }
    }
}

extension Checker {
    /// Checks a call whose answer is used as a whole: a function of the language, or a plugin's.
    mutating func check(_ call: CallSyntax, _ range: SourceRange) -> CheckedExpression? {
        if call.isOfPlugin { return check(call, [], range) }
        let name = call.path.map(\.text).joined(separator: ".")
        guard call.path.count == 1, let function = BuiltinFunction(rawValue: name) else {
            for argument in call.arguments { _ = check(unread: argument.value) }
            reportUnknown(name, call.path)
            return nil
        }
        return check(function, call, range)
    }

    private mutating func reportUnknown(_ name: String, _ path: [StepSyntax]) {
        let range = path[0].range.union(path[path.count - 1].range)
        if PlannedAction.Kind(rawValue: name) != nil {
            return report(
                .misplacedCall, "'\(name)' acts, and a condition must not",
                expected: "it in 'then'", at: range)
        }
        let operators = TextOperator.allCases.map(\.rawValue)
        let last = path[path.count - 1].text
        let meant = operators.contains(last) ? last : near(to: last, among: operators)
        let names = BuiltinFunction.allCases.map(\.rawValue)
        report(
            .unknownFunction, "there is no function '\(name)'",
            expected: meant.map { "an operator between two values, as in a \($0) b" }
                ?? "a function of the language, or plugin.name.function(…)",
            suggestion: near(to: name, among: names), at: range)
    }

    private mutating func check(
        _ function: BuiltinFunction, _ call: CallSyntax, _ range: SourceRange
    ) -> CheckedExpression? {
        let arguments = call.arguments.map { check($0.value) }
        if let named = call.arguments.first(where: { $0.name != nil })?.name {
            report(
                .unknownArgument, "the arguments of '\(function.rawValue)' have no names",
                expected: function.usage, at: named.range)
            return nil
        }
        guard function.argumentCounts.contains(arguments.count) else {
            report(
                .argumentCount,
                "'\(function.rawValue)' does not take \(arguments.count) arguments",
                expected: function.usage, at: range)
            return nil
        }
        guard arguments.allSatisfy({ $0 != nil }) else { return nil }
        return apply(function, arguments.compactMap(\.self), range)
    }

    private mutating func apply(
        _ function: BuiltinFunction, _ arguments: [CheckedExpression], _ range: SourceRange
    ) -> CheckedExpression? {
        let first = arguments[0]
        let weights = arguments.map(\.weight)
        switch function {
        case .lower, .upper, .trim:
            guard let text = text(first), let change = TextTransform(rawValue: function.rawValue)
            else { return nil }
            return computed(.cased(change, text), .text, range, weights)
        case .length: return length(of: first, range)
        case .abs:
            guard let (value, type) = size(first) else { return nil }
            return computed(.magnitude(value), type, range, weights)
        case .min, .max: return extreme(function == .min ? .min : .max, arguments, range)
        case .round, .floor, .ceil, .trunc:
            guard let rounding = Rounding(rawValue: function.rawValue) else { return nil }
            return rounded(rounding, arguments, range)
        case .timestamp:
            guard let text = text(first) else { return nil }
            return computed(.moment(text), .moment, range, weights)
        default:
            guard let part = CivilPart(rawValue: function.rawValue), let time = moment(first)
            else { return nil }
            return computed(.part(part, time), .number, range, weights)
        }
    }

    private mutating func length(
        of checked: CheckedExpression, _ range: SourceRange
    ) -> CheckedExpression? {
        if let field = checked.field, catalog.fields[field].mayBeArray {
            // Where no schema says which of the two it is, the record does.
            let count = Value.count(field)
            let value: Value =
                checked.types.contains(.text)
                ? .alternatives([.length(.field(field)), count]) : count
            return weighed(.value(value, .number), range, [checked.weight])
        }
        guard let text = text(checked) else { return nil }
        return computed(.length(text), .number, range, [checked.weight])
    }

    /// A number or a duration.
    private mutating func size(_ checked: CheckedExpression) -> (Value, ValueTypes)? {
        guard let (value, types) = quantity(checked) else { return nil }
        if types.contains(.number) { return (value, .number) }
        if types.contains(.duration) { return (value, .duration) }
        report(
            .unlikeTypes, "a date and time has no size", expected: "a number or a duration",
            at: checked.range)
        return nil
    }

    private mutating func extreme(
        _ extreme: Extreme, _ arguments: [CheckedExpression], _ range: SourceRange
    ) -> CheckedExpression? {
        var types: ValueTypes = .quantities
        var values: [Value] = []
        for argument in arguments {
            guard let (value, own) = quantity(argument) else { return nil }
            guard !types.isDisjoint(with: own) else {
                reportUnlike(types, own, at: argument.range)
                return nil
            }
            types.formIntersection(own)
            values.append(value)
        }
        guard let type = types.each.first else { return nil }
        return computed(
            .extreme(extreme, values.map { $0.read(as: type) }), type, range,
            arguments.map(\.weight))
    }

    private mutating func rounded(
        _ rounding: Rounding, _ arguments: [CheckedExpression], _ range: SourceRange
    ) -> CheckedExpression? {
        guard let decimals = arguments.count < 2 ? 0 : decimals(arguments[1]) else { return nil }
        let weights = [arguments[0].weight]
        if case .value(.quotient(let a, let b), let type) = arguments[0].form {
            return computed(
                .roundedQuotient(a, b, rounding, decimals: decimals), type, range, weights)
        }
        guard let (value, type) = size(arguments[0]) else { return nil }
        return computed(.rounded(value, rounding, decimals: decimals), type, range, weights)
    }

    private mutating func decimals(_ checked: CheckedExpression) -> Int? {
        if case .number(let number)? = checked.constant,
            let decimals = (0...Limits.decimalsMax).first(where: {
                ExactDecimal(Int64($0)) == number
            })
        {
            return decimals
        }
        report(
            .argumentCount, "this is no number of decimals",
            expected: "a whole number from 0 to \(Limits.decimalsMax)", at: checked.range)
        return nil
    }
}
