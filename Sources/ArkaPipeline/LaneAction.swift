/// What the lane's thread does next, as ``LaneMachine`` says.
enum LaneAction: Equatable {
    /// Read a batch and evaluate it; wait for the first record at most so long.
    case read(waitingAtMost: Duration)
    /// Begin a transaction.
    case begin
    /// Send the oldest evaluated batch.
    case send
    /// Start to commit what was sent.
    case commit
    /// Start to abort what was sent.
    case recover
    /// Give back all rows that were read and not sent.
    case dropPending
    /// Give back what is pending, then read again from the committed positions.
    case rewind
    /// Tell the control thread that nothing of the assignment is left here.
    case acknowledge
    /// Wait for an event, at most so long.
    case awaitEvent(Duration)
    /// The thread ends.
    case end
}

/// What a lane has read and not sent yet.
struct PendingLoad: Equatable {
    /// Evaluated batches.
    var batches = 0
    /// Their rows.
    var rows = 0
    /// Their payload, key and header bytes.
    var bytes = 0
}
