import ArkaResilience
import PactPlugins

/// Questions that go out together to a function that answers on the lane's thread.
struct DirectUnit {
    /// As their numbers in the round.
    private(set) var questions: [Int] = []
    /// What each asks; empty if answers are not kept.
    private(set) var keys: [CallKey] = []
    /// What the function is given for each.
    private(set) var calls: [FunctionCall] = []
    /// When the decision of each stops waiting.
    private(set) var budgetEnds: [Duration?] = []

    init(capacity: Int) {
        questions.reserveCapacity(capacity)
        calls.reserveCapacity(capacity)
        budgetEnds.reserveCapacity(capacity)
    }

    mutating func add(
        _ question: Int, _ key: CallKey?, _ call: consuming FunctionCall, budgetEnd: Duration?
    ) {
        questions.append(question)
        if let key { keys.append(key) }
        calls.append(call)
        budgetEnds.append(budgetEnd)
    }
}
