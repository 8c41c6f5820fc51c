import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream

/// A desk whose answers depend on the question alone; some of them come later.
final class SeededDesk: CallDesk {
    /// What a question is, as text: the function and its arguments.
    typealias Question = String

    private let calls: [PlannedCall]
    private let answer: (Question) -> SettledCall
    private var random: Seeded
    /// Of 100 questions, how many are answered when the row comes back.
    private let pendingPercent: Int
    /// The transaction in each row of the batch.
    private var transactions: [Int] = []
    /// What each transaction was told, and what it was asked.
    private var told: [Int: [EarlierAnswer]] = [:]
    private(set) var asked: [Int: [Question]] = [:]
    /// Rounds that had questions.
    private(set) var rounds = 0

    init(
        _ calls: [PlannedCall], pendingPercent: Int = 0, seed: UInt64 = 0,
        answer: @escaping (Question) -> SettledCall
    ) {
        self.calls = calls
        self.pendingPercent = pendingPercent
        self.answer = answer
        random = Seeded(seed)
    }

    /// Says which transactions the rows of the next batch are.
    func begin(_ transactions: [Int]) { self.transactions = transactions }

    func earlierAnswers(of row: Int) -> [EarlierAnswer] { told[transactions[row], default: []] }

    func ticket(of row: Int) -> Int { transactions[row] }

    func settle(_ round: CallRound, of batch: RecordBatch) {
        rounds += 1
        for (number, question) in round.questions.enumerated() {
            let text = text(round, number)
            let transaction = transactions[question.row]
            asked[transaction, default: []].append(text)
            let settled = answer(text)
            told[transaction, default: []].append(EarlierAnswer(call: question.call, settled))
            let isPending = random.below(100) < pendingPercent
            round.answer(number, isPending ? .pending : .settled(settled))
        }
    }

    private func text(_ round: CallRound, _ number: Int) -> Question {
        let call = calls[round.questions[number].call]
        let values = round.arguments(of: number).map { argument -> RecordValue in
            switch argument {
            case .text(let range): .string(Array(round.bytes[range]))
            case .number(let number): .number(number)
            case .truth(let value): .boolean(value)
            case .null: .null
            case .document(let range):
                (try? SlowParser.parse(Array(round.bytes[range]))).map { RecordValue($0) }
                    ?? .outOfRange
            }
        }
        return Self.text(call.function.path, zip(call.arguments.map(\.name), values).map { $0 })
    }

    static func text(_ path: String, _ arguments: [(name: String, value: RecordValue)]) -> Question
    {
        path + "(" + arguments.map { "\($0.name): \($0.value.jsonText)" }.joined(separator: ", ")
            + ")"
    }
}

extension CallRequest {
    /// As ``SeededDesk`` writes it.
    var text: SeededDesk.Question {
        SeededDesk.text(function.path, arguments.map { ($0.name, $0.value) })
    }
}
