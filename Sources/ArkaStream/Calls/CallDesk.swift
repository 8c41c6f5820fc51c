/// Makes the calls that a lane's rows need: the evaluation's view of the call stage.
///
/// One per lane, called on its thread only. For each batch the evaluation asks what rows were told
/// before, then settles rounds of questions until each row is decided or waits.
public protocol CallDesk: AnyObject {
    /// Whether any row of the batch comes back after it waited.
    var hasEarlierAnswers: Bool { get }

    /// What a row was told in earlier rounds, if it comes back after it waited; empty for a new one.
    func earlierAnswers(of row: Int) -> [EarlierAnswer]

    /// Settles each question of a round, or says that its answer is pending.
    ///
    /// Must not block. What can be answered at once, from a cache or by a function that only looks
    /// something up in memory, is settled when this returns.
    /// - Parameters:
    ///   - round: Questions whose answers are all ``CallAnswerState/open``.
    ///   - batch: The batch whose rows ask.
    func settle(_ round: CallRound, of batch: RecordBatch)

    /// The name under which a row waits some of whose answers are pending.
    func ticket(of row: Int) -> Int
}

extension CallDesk {
    /// For desks that would have to look at each row.
    public var hasEarlierAnswers: Bool { true }
}

/// What a row was told of one call.
public struct EarlierAnswer: Sendable {
    /// The call, as its index in the rule book.
    public let call: Int
    /// What it came to.
    public let settled: SettledCall

    /// Keeps an answer.
    public init(call: Int, _ settled: SettledCall) {
        self.call = call
        self.settled = settled
    }
}
