import ArkaModel

/// The calls of one transaction, round by round: says which are needed now and takes what they answer.
struct DecisionRound {
    private let interpreter: RuleInterpreter
    private let awaited = AwaitedCalls()
    /// The transaction with the answers so far.
    private(set) var walk: TreeWalk
    /// What was called so far.
    private(set) var made: [MadeCall] = []
    /// Whether the last round needed nothing.
    private(set) var isSettled = false
    /// What was asked last, and the calls of the book that each request stands for.
    private var asked: [(request: CallRequest, calls: [CallIndex])] = []

    init(_ interpreter: RuleInterpreter, _ inputs: RecordInputs) {
        self.interpreter = interpreter
        walk = TreeWalk(inputs, fields: interpreter.fields, lists: interpreter.lists)
        walk.awaited = awaited
    }

    /// The requests of the next round. None, unless it is settled, where every call that is needed
    /// came to something without being made.
    mutating func next() -> [CallRequest] {
        let needed = neededCalls()
        isSettled = needed.isEmpty
        asked = []
        for call in needed.sorted() { ask(call) }
        return asked.map(\.request)
    }

    /// Takes the answers to the last requests.
    mutating func take(_ answers: [CallAnswer]) {
        for (question, answer) in zip(asked, answers) {
            made.append(MadeCall(request: question.request, answer: answer))
            for call in question.calls { walk.answers[call] = answer }
        }
    }

    /// Asks for a call, unless an equal one was made or one of its arguments is unknown.
    private mutating func ask(_ index: CallIndex) {
        let call = interpreter.calls[index]
        var arguments: [CallRequest.Argument] = []
        for argument in call.arguments {
            switch walk.value(of: argument.value) {
            case .known(let value):
                arguments.append(CallRequest.Argument(argument.name, value))
            case .unknown(let reason):
                walk.answers[index] = .unknown(reason.cause)
                return
            }
        }
        let request = CallRequest(call.function, arguments)
        if let equal = made.first(where: { $0.request == request }) {
            walk.answers[index] = equal.answer
        } else if let equal = asked.firstIndex(where: { $0.request == request }) {
            asked[equal].calls.append(index)
        } else {
            asked.append((request, [index]))
        }
    }

    /// The calls without an answer that can be made now and that a rule needs.
    private func neededCalls() -> Set<CallIndex> {
        var search = CallSearch(interpreter.calls, walk, awaited)
        for rule in interpreter.rules {
            if let truth = search.truth(of: rule.condition) {
                guard truth else { continue }
                for output in rule.actions.flatMap(\.outputs) { search.collect(output) }
            }
        }
        return search.needed
    }
}
