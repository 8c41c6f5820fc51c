/// A value, or why there is none.
enum Operand<Value> {
    case known(Value)
    case unknown(RowEvaluator.Reason)

    func map<Other>(_ body: (Value) -> Other) -> Operand<Other> {
        switch self {
        case .known(let value): .known(body(value))
        case .unknown(let reason): .unknown(reason)
        }
    }

    func flatMap<Other>(_ body: (Value) -> Operand<Other>) -> Operand<Other> {
        switch self {
        case .known(let value): body(value)
        case .unknown(let reason): .unknown(reason)
        }
    }
}
