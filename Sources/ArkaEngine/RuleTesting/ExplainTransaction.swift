public import ArkaConfig
import ArkaModel
public import ArkaRules
import ArkaStream

/// What became of a transaction, rule by rule and part by part.
public enum ExplainedTransaction: Sendable {
    /// What the rules make of it; one explanation for each rule that was asked for.
    case decided(DecidedTransaction, [RuleExplanation])
    /// The record cannot be decided: the code and path of its first fault, and why.
    case deadLetter(code: String, path: String, reason: String)
}

extension TopologySpec {
    /// Explains what the rules make of a transaction.
    /// - Parameters:
    ///   - transaction: The transaction.
    ///   - mocks: What functions answer; calls of others are unknown: not called.
    ///   - rules: The names of the rules to explain.
    /// - Returns: `nil` if the rules have an error, or one of the names is none of theirs.
    public func explain(
        _ transaction: TestedTransaction, mocks: [CallMock], rules names: [String]
    ) -> ExplainedTransaction? {
        guard let interpreter = interpreter() else { return nil }
        if case .deadLetter(let reason) = RecordTrial(self, hasRules: false).decide(transaction) {
            return .deadLetter(
                code: reason.code.rawValue, path: reason.path, reason: reason.reason)
        }
        let inputs = inputs(transaction.value ?? .null, transaction.surroundings)
        let decision = interpreter.decide(inputs) { requests in
            requests.map { request in
                switch mocks.answer(to: request) {
                case .value(let answer)?: .value(answer.completed(by: request.function.result))
                case .unknown(let cause)?: .unknown(cause)
                case nil: .unknown(.notCalled)
                }
            }
        }
        let explanations = names.compactMap { name in
            interpreter.explanation(of: name, inputs, calls: decision.calls)
        }
        guard explanations.count == names.count else { return nil }
        return .decided(decision, explanations)
    }
}
