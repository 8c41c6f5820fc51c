import ArkaModel

/// Values on their way out of a rule.
///
/// What is unknown there is said to be unknown and decides nothing, so fields that may be missing
/// need no test.
extension Checker {
    /// Checks an expression as something that JSON can say; `nil` if that was reported.
    mutating func output(_ syntax: ExpressionSyntax) -> Output? {
        switch syntax.kind {
        case .null: return .null
        case .list(let elements):
            let outputs = elements.map { output($0) }
            return outputs.contains { $0 == nil } ? nil : .list(outputs.compactMap(\.self))
        default:
            guard let checked = check(unread: syntax), isWithinBounds(checked) else { return nil }
            return output(checked)
        }
    }

    /// Whether all that the rule says still has a bound; reported once for each rule.
    private mutating func isWithinBounds(_ checked: CheckedExpression) -> Bool {
        let before = scope.outputOperations
        scope.outputOperations += checked.weight.operations
        guard scope.outputOperations > Limits.ruleOperationsMax else { return true }
        if before <= Limits.ruleOperationsMax {
            report(
                .ruleTooLarge, "what this rule says is too large with its 'let's filled in",
                expected: "at most \(Limits.ruleOperationsMax) operations", at: checked.range)
        }
        return false
    }

    private mutating func output(_ checked: CheckedExpression) -> Output? {
        guard let output = piece(checked) else { return nil }
        return output.withUnknownsNamed
    }

    /// An expression as something that is unknown if a part of it is.
    private mutating func piece(_ checked: CheckedExpression) -> Output? {
        switch checked.form {
        case .condition(let logic): return .truth(logic)
        case .value(.field(let field), _): return .field(field)
        case .list, .value(.quotient, _):
            _ = plainValue(checked)
            return nil
        case .value(let value, let types): return Output(value, types.unit)
        }
    }

    /// The pieces of a text with values in it; `nil` if something was reported.
    mutating func check(
        pieces: [TemplatePieceSyntax], _ weights: inout [Weight]
    ) -> [OutputPiece]? {
        var result: [OutputPiece] = []
        var isSound = true
        var operations = 0
        for piece in pieces {
            switch piece {
            case .text(let text): result.append(.text(text))
            case .value(let syntax):
                guard let checked = check(syntax), let output = self.piece(checked) else {
                    isSound = false
                    continue
                }
                weights.append(checked.weight)
                // Before it is copied: a text that doubles itself must not fill the memory first.
                operations += checked.weight.operations
                guard operations <= Limits.ruleOperationsMax else {
                    report(
                        .ruleTooLarge, "this text is too large with its 'let's filled in",
                        expected: "at most \(Limits.ruleOperationsMax) values", at: checked.range)
                    return nil
                }
                result += output.pieces
            }
        }
        return isSound ? result : nil
    }

    // MARK: Arguments

    /// Checks an argument of a plugin's function against what its parameter takes.
    mutating func output(
        _ syntax: ExpressionSyntax, for parameter: FunctionSignature.Parameter
    ) -> Output? {
        guard let output = output(syntax) else { return nil }
        guard case .constrained(let constraint) = parameter.schema else { return output }
        let types = self.types(of: output)
        guard !constraint.types.isDisjoint(with: types) else {
            report(
                .argumentType, "\(types.words) is not what '\(parameter.name)' takes",
                expected: constraint.types.words, at: syntax.range)
            return nil
        }
        checkAllowed(output, constraint, at: syntax.range)
        return output
    }

    /// The JSON types that an output may have.
    private func types(of output: Output) -> JSONTypes {
        switch output {
        case .null: .null
        case .field(let field):
            // Without its value a call is not made, so null never gets there.
            catalog.fields[field].types.subtracting(.null).withIntegers
        case .constant(let constant, let unit): constant.jsonTypes(unit)
        case .value(let value, let unit): unit == .plain ? value.jsonTypes : .string
        case .first(let outputs):
            outputs.reduce(into: JSONTypes()) { $0.formUnion(types(of: $1)) }
        case .truth: .boolean
        case .text: .string
        case .list: .array
        }
    }

    private mutating func checkAllowed(
        _ output: Output, _ constraint: RecordSchema.Constraint, at range: SourceRange
    ) {
        guard let allowed = constraint.allowed, case .constant(.text(let text), .plain) = output,
            !allowed.contains(.string(text))
        else { return }
        let words = allowed.compactMap { constant -> String? in
            guard case .string(let bytes) = constant else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
        report(
            .argumentType, "the function does not take this value",
            expected: Self.listing(words.map { "\"\($0)\"" }),
            suggestion: near(to: String(decoding: text, as: UTF8.self), among: words),
            at: range)
    }
}

extension Output {
    /// A value as something that is unknown if a part of it is.
    fileprivate init(_ value: Value, _ unit: Unit) {
        switch value {
        case .field(let field): self = .field(field)
        case .constant(let constant): self = .constant(constant, unit)
        case .alternatives(let values): self = .first(values.map { Output($0, unit) })
        default: self = .value(value, unit)
        }
    }

    /// The same where nothing is decided: a text with values in it is known there, and says of each
    /// value that is not. What stands before a `??` stays unknown, or its default were never used.
    fileprivate var withUnknownsNamed: Output {
        switch self {
        case .value(.joined(let pieces), _): return .text(pieces)
        case .first(let outputs):
            return .first(outputs.dropLast() + outputs.suffix(1).map(\.withUnknownsNamed))
        default: return self
        }
    }

    /// What it adds to a text around it: a text within a text is a part of it.
    fileprivate var pieces: [OutputPiece] {
        guard case .value(.joined(let pieces), _) = self else { return [.value(self)] }
        return pieces
    }
}

extension ValueTypes {
    /// How a number of these types is written.
    var unit: Output.Unit {
        switch self {
        case .moment: .moment
        case .duration: .duration
        default: .plain
        }
    }
}

extension JSONTypes {
    /// A number may be a whole one.
    fileprivate var withIntegers: JSONTypes {
        contains(.number) || contains(.integer) ? union([.number, .integer]) : self
    }
}

extension Constant {
    fileprivate func jsonTypes(_ unit: Output.Unit) -> JSONTypes {
        switch self {
        case .text: .string
        case .boolean: .boolean
        case .number(let value):
            unit != .plain
                ? .string
                : value.scaled % ExactDecimal.one.scaled == 0 ? [.number, .integer] : .number
        }
    }
}

extension Value {
    /// The JSON types that a computed value has.
    fileprivate var jsonTypes: JSONTypes {
        switch self {
        case .cased, .joined: .string
        default: [.number, .integer]
        }
    }
}
