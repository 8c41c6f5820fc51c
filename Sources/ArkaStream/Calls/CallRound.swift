public import ArkaModel

/// The calls that the rows of a batch need now: the questions of one round, and what comes back.
///
/// The evaluation fills it with what it cannot decide without, somebody who can call answers, and the
/// evaluation goes on with the rows whose questions are all answered. One per lane, used by its thread
/// alone; its memory is kept from round to round.
public final class CallRound {
    /// One call of one row.
    @frozen public struct Question: Sendable {
        /// The row of the batch.
        public let row: Int
        /// The call, as its index in the rule book.
        public let call: Int
        /// Its arguments: a range of ``CallRound/arguments``, in the order in which the book's call
        /// lists them. Unknown ones do not occur: such a call is not made.
        @usableFromInline let arguments: Range<Int>

        /// Where its arguments stand in ``CallRound/arguments``.
        @inlinable public var argumentRange: Range<Int> { arguments }

        @usableFromInline init(row: Int, call: Int, arguments: Range<Int>) {
            self.row = row
            self.call = call
            self.arguments = arguments
        }
    }

    /// A value that a rule gives to a function.
    @frozen public enum Argument: Sendable {
        /// A text: these bytes of ``CallRound/bytes``, escapes resolved.
        case text(Range<Int>)
        /// A number.
        case number(ExactDecimal)
        /// `true` or `false`
        case truth(Bool)
        /// `null`
        case null
        /// A list or an object as JSON: these bytes of ``CallRound/bytes``.
        case document(Range<Int>)
    }

    // SAFETY: a round is its lane's thread's own, and no method lets go of its properties while it
    // changes them: so no two accesses overlap, and looking for such costs as much as a question. Code
    // of plugins that answers at once does run on this thread, while a desk settles the round. It is
    // called between changes, never in one, and is given values: nothing that it can reach leads back
    // to a round or to what the evaluation keeps beside it.

    /// The questions, those of one row in the order of the book's calls.
    @exclusivity(unchecked) public private(set) var questions: [Question] = []
    /// The arguments of all questions.
    @exclusivity(unchecked) public private(set) var arguments: [Argument] = []
    /// The texts and documents among the arguments.
    @exclusivity(unchecked) public private(set) var bytes: [UInt8] = []
    /// What came back so far, one per question.
    @exclusivity(unchecked) public private(set) var answers: [CallAnswerState] = []

    /// Says the transaction id of a row of the batch that asks, `nil` where its record has none. Whoever
    /// fills the round sets it; asked while the round is settled, and only for calls that go out.
    public var transactionID: (_ row: Int) -> String? = { _ in nil }

    /// Makes an empty round.
    public init() {}

    /// Forgets everything, keeping the memory.
    public func removeAll() {
        questions.removeAll(keepingCapacity: true)
        arguments.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        answers.removeAll(keepingCapacity: true)
    }

    /// Adds a text or document and returns where it lies.
    public func add(bytes added: UnsafeRawBufferPointer) -> Range<Int> {
        // SAFETY: copied before the call returns; whoever lends them keeps them until then.
        let start = bytes.count
        bytes.append(contentsOf: added)
        return start..<bytes.count
    }

    /// Adds an argument of the next question.
    public func add(_ argument: Argument) {
        arguments.append(argument)
    }

    /// Adds a question whose arguments are those added since the last one.
    public func ask(row: Int, call: Int) {
        let start = questions.last?.arguments.upperBound ?? 0
        questions.append(Question(row: row, call: call, arguments: start..<arguments.count))
        answers.append(.open)
    }

    /// The arguments of a question.
    public func arguments(of question: Int) -> ArraySlice<Argument> {
        arguments[questions[question].arguments]
    }

    /// Lends the answers to somebody who gives many at once: exchanges them with those given, which are
    /// exchanged back when all are there.
    public func exchangeAnswers(with others: inout [CallAnswerState]) {
        swap(&answers, &others)
    }

    /// Answers a question, or says that its answer comes later.
    public func answer(_ question: Int, _ answer: CallAnswerState) {
        answers[question] = answer
    }
}
