import ArkaModel
import ArkaRules

/// Functions to call in tests: each takes up to three arguments and answers anything.
enum TestFunctions {
    static let table = FunctionTable(
        ["f", "g", "h"].map { name in
            FunctionSignature(
                plugin: "p", name: name, kind: .dataSource,
                parameters: ["a", "b", "c"].map { .init($0, isRequired: false) })
        } + [
            FunctionSignature(
                plugin: "p", name: "act", kind: .action,
                parameters: [.init("x", isRequired: false)])
        ])

    static let inputs = RuleInputs(
        layout: RecordLayout(roots: [.init(name: "t", path: [])]), onUnknown: .review,
        functions: table)

    /// The rules of a text, which must be right.
    static func interpreter(_ text: String) -> RuleInterpreter? {
        RuleInterpreter([SourceText(name: "test.pact", text: text)], inputs)
    }
}

/// Answers calls and keeps what was asked, round by round.
final class AnsweringMachine {
    private let answer: (CallRequest) -> CallAnswer
    private(set) var rounds: [[CallRequest]] = []

    init(_ answer: @escaping (CallRequest) -> CallAnswer) {
        self.answer = answer
    }

    func decide(_ interpreter: RuleInterpreter, _ record: RecordValue) -> DecidedTransaction {
        interpreter.decide(RecordInputs(record)) { requests in
            rounds.append(requests)
            return requests.map(answer)
        }
    }

    /// The names of the functions asked, one list for each round.
    var names: [[String]] { rounds.map { $0.map(\.function.name) } }
}
