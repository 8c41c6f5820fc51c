import ArkaStream

/// Who has been asked and has not answered yet: a value.
struct HandshakeRoll: Sendable {
    private var round = HandshakeRound.unasked
    /// The lanes whose answer to the last question is missing.
    private(set) var pending: Set<Int> = []

    /// Asks these lanes; answers to earlier questions count no longer.
    /// - Returns: What their answers must name.
    mutating func ask(_ lanes: Set<Int>) -> HandshakeRound {
        round = round.next
        pending = lanes
        return round
    }

    /// A lane has answered.
    mutating func acknowledge(_ lane: Int, _ answered: HandshakeRound) {
        if answered == round { pending.remove(lane) }
    }
}
