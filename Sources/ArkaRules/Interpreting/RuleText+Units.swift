import ArkaModel

/// What the numbers of a rule stand for.
///
/// The checker has turned dates and durations into seconds; what they are is seen again from what
/// they are made of. For messages only: where it cannot be seen, seconds are shown as a number.
extension RuleText {
    /// What both sides of a comparison are.
    func unit(of a: Value, _ b: Value) -> NumberForm {
        unit(of: a) ?? unit(of: b) ?? .plain
    }

    /// What a value is; `nil` for a number, or where nothing says.
    func unit(of value: Value) -> NumberForm? {
        switch value {
        case .moment: .moment
        case .field(let field): fields[field].isContextTime ? .moment : nil
        case .negate(let operand), .magnitude(let operand), .rounded(let operand, _, _):
            unit(of: operand)
        case .extreme(_, let values), .alternatives(let values):
            values.lazy.compactMap { unit(of: $0) }.first
        case .arithmetic(let symbol, let a, let b): unit(of: a, symbol, b)
        case .quotient(let a, _), .roundedQuotient(let a, _, _, _): unit(of: a)
        case .constant, .length, .count, .part, .cased, .joined: nil
        }
    }

    private func unit(of a: Value, _ symbol: ArithmeticOperator, _ b: Value) -> NumberForm? {
        let units = (unit(of: a), unit(of: b))
        switch (symbol, units.0, units.1) {
        case (.subtract, .moment?, .moment?): return .duration
        case (.subtract, .moment?, nil) where isLikelyMoment(b): return .duration
        case (.add, .moment?, _), (.add, _, .moment?), (.subtract, .moment?, _): return .moment
        default: return units.0 ?? units.1
        }
    }

    /// Whether a constant is more likely a moment than a duration: nobody writes ten years of seconds.
    private func isLikelyMoment(_ value: Value) -> Bool {
        guard case .constant(.number(let seconds)) = value else { return false }
        return seconds > ExactDecimal(10 * 365 * 86_400)
    }

    /// What the operands of arithmetic are, given what it comes to.
    func operandUnits(
        _ a: Value, _ symbol: ArithmeticOperator, _ b: Value, _ unit: NumberForm
    ) -> (NumberForm, NumberForm) {
        let units = (self.unit(of: a), self.unit(of: b))
        switch symbol {
        case .multiply, .divide:
            return (units.0 ?? .plain, units.1 ?? .plain)
        case .add where unit == .moment:
            return units.0 == .moment ? (.moment, .duration) : (.duration, .moment)
        case .subtract where unit == .moment: return (.moment, units.1 ?? .duration)
        case .subtract where unit == .duration && (units.0 == .moment || units.1 == .moment):
            return (.moment, .moment)
        case .add, .subtract: return (units.0 ?? unit, units.1 ?? unit)
        }
    }
}

extension Constant {
    /// The constant as a record could hold it, a number written as its form says.
    func recordValue(as form: NumberForm) -> RecordValue {
        switch self {
        case .text(let bytes): return .string(bytes)
        case .boolean(let value): return .boolean(value)
        case .number(let number):
            guard form != .plain, let text = form.text(of: number) else { return .number(number) }
            return .string(Array(text.utf8))
        }
    }
}
