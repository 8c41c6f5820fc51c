import ArkaStream

/// The questions of a round sorted by the functions that they ask, those of one function in their
/// order. Its memory is kept from round to round.
struct QuestionGroups {
    /// The function of each call of the book.
    private let functions: [Int]
    /// Numbers of questions, function by function.
    private(set) var questions: [Int] = []
    /// For each function where its questions end in ``questions``, and where the last one's did.
    private var ends: [Int]

    init(_ plan: CallPlan) {
        functions = plan.calls.map(\.function)
        ends = plan.functions.map { _ in 0 }
    }

    /// The questions of a function, as a range of ``questions``.
    func range(of function: Int) -> Range<Int> {
        (function == 0 ? 0 : ends[function - 1])..<ends[function]
    }

    /// Sorts the questions of a round.
    mutating func sort(_ asked: [CallRound.Question]) {
        for function in ends.indices { ends[function] = 0 }
        for question in asked { ends[functions[question.call]] += 1 }
        var sum = 0
        for function in ends.indices {
            // For now where the function's questions begin.
            (ends[function], sum) = (sum, sum + ends[function])
        }
        questions.removeAll(keepingCapacity: true)
        questions.append(contentsOf: repeatElement(0, count: asked.count))
        for (number, question) in asked.enumerated() {
            let function = functions[question.call]
            questions[ends[function]] = number
            ends[function] += 1
        }
    }
}
