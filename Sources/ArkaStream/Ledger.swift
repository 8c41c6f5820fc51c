/// What became of the records of a run: the proof that none was lost.
///
/// Each count is made where the thing itself happens, none is computed from the others; otherwise
/// ``difference`` would prove nothing. Lanes count for themselves and are added up at the end.
public struct Ledger: Sendable, Hashable {
    /// Records that left the source; in `eval`, lines read.
    public var consumed: Int
    /// Decisions whose commit the broker confirmed; in `eval`, those of flushed output.
    public var decided: Int
    /// Dead letters whose commit was confirmed; in `eval`, those of flushed output.
    public var deadLettered: Int
    /// Null payloads whose offset was committed: there was nothing to decide.
    public var skipped: Int
    /// Records given back uncommitted: abort, revoke, drop at close.
    public var returned: Int

    /// Makes a ledger, empty unless counts are given.
    public init(
        consumed: Int = 0, decided: Int = 0, deadLettered: Int = 0, skipped: Int = 0,
        returned: Int = 0
    ) {
        self.consumed = consumed
        self.decided = decided
        self.deadLettered = deadLettered
        self.skipped = skipped
        self.returned = returned
    }

    /// Records that were consumed and of which nothing is known; 0 where the promise holds.
    ///
    /// Negative if more came out than went in.
    public var difference: Int { consumed - (decided + deadLettered + skipped + returned) }

    /// The line that ends `demo`, `eval` and `run`, without a line end.
    public var line: String {
        "ledger: consumed=\(consumed) decided=\(decided) dead_lettered=\(deadLettered) "
            + "skipped=\(skipped) returned=\(returned)"
    }

    /// The line to print after ``line`` where the counts do not agree; `nil` where they do.
    ///
    /// Whoever prints it ends with exit code 1.
    public var differenceLine: String? {
        guard difference != 0 else { return nil }
        return "ledger: difference=\(difference): consumed is not "
            + "decided + dead_lettered + skipped + returned"
    }

    /// The counts of two lanes together.
    public static func + (a: Ledger, b: Ledger) -> Ledger {
        Ledger(
            consumed: a.consumed + b.consumed, decided: a.decided + b.decided,
            deadLettered: a.deadLettered + b.deadLettered, skipped: a.skipped + b.skipped,
            returned: a.returned + b.returned)
    }

    /// Adds the counts of another lane or batch.
    public static func += (a: inout Ledger, b: Ledger) { a = a + b }
}
