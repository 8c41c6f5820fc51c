/// What the lane's thread does next, as ``LaneMachine`` says.
enum LaneAction: Equatable {
    /// Read a batch and evaluate it; wait for the first record at most so long.
    case read(waitingAtMost: Duration)
    /// Evaluate rows again that waited and have their answers.
    case resume
    /// Begin a transaction.
    case begin
    /// Send the oldest evaluated batch.
    case send
    /// Send what stands beside no row: records that should be written before the lane lets go.
    case sendRest
    /// Start to commit what was sent.
    case commit
    /// Start to abort what was sent.
    case recover
    /// Give back all rows that were read and not sent.
    case dropPending
    /// Give back the rows that wait for calls and those behind them, but not what can be sent.
    case dropHeld
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
    /// What waits for calls or stands behind such.
    var held = HeldLoad()
    /// Whether something is left to be written that belongs to no row here. Known while the lane lets go.
    var hasRest = false

    /// Whether nothing is in memory.
    var isEmpty: Bool { rows == 0 && held.rows == 0 }
}

/// What a lane holds back for calls that are out.
struct HeldLoad: Equatable {
    /// Rows that wait, and rows behind them.
    var rows = 0
    /// Their bytes.
    var bytes = 0
    /// Those of the rows whose calls are out.
    var waiting = 0
    /// Whether answers have arrived for some of them.
    var isReady = false
    /// Whether no more may be read until a plugin works again.
    var stopsReading = false
}
