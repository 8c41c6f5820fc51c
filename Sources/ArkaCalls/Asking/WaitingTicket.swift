import ArkaResilience
import ArkaStream

/// The name under which a row waits, as desks keep it.
struct TicketID: Numbered {
    let number: UInt64

    /// - Parameter ticket: The name as lanes know it.
    init(_ ticket: Int) {
        number = UInt64(ticket)
    }

    /// The name as lanes know it.
    var ticket: Int { Int(number) }
}

/// A row that waits: what it was told, and what it waits for.
struct WaitingTicket {
    /// A call that has not been answered.
    struct Pending {
        /// The call, as its index in the rule book.
        let call: Int
        /// The function, as its index in the plan.
        let function: Int
        let id: CallID
    }

    /// When the decision stops waiting; `nil` for never.
    let budgetEnd: Duration?
    var answers: [EarlierAnswer] = []
    var pending: [Pending] = []

    /// Takes a call out of what it waits for; false if it does not wait for it.
    mutating func remove(call: Int) -> Bool {
        guard let place = pending.firstIndex(where: { $0.call == call }) else { return false }
        pending.remove(at: place)
        return true
    }

    /// Keeps the answer of a call that it waits for; `nil` if it does not, else whether it was the last.
    mutating func take(_ answer: EarlierAnswer) -> Bool? {
        guard remove(call: answer.call) else { return nil }
        answers.append(answer)
        return pending.isEmpty
    }
}
