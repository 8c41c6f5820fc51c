import ArkaResilience
import ArkaStream

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
}
