/// What happens to a lane from outside: from the control thread (assignment) or its commit thread.
public enum LaneEvent: Sendable, Hashable {
    /// The lane owns these partitions from now on and reads them from these positions.
    ///
    /// Comes after start and after each acknowledged ``revoked(lost:round:)``; may be empty.
    case assigned([PartitionPosition])
    /// The partitions go away.
    ///
    /// If `lost`, they already belong to somebody else: drop everything, commit nothing. Otherwise
    /// send and commit what has been read, then acknowledge this round.
    case revoked(lost: Bool, round: HandshakeRound)
    /// The process ends: as `revoked(lost: false)`, then the lane's thread ends.
    case stop(round: HandshakeRound)
    /// That commit went through.
    case committed(LaneJobID)
    /// That commit did not go through, or that recovery has ended.
    case failed(LaneJobID, CommitFailure)
    /// Answers to calls have arrived; the decider knows which rows can go on.
    case answered
    /// A fenced lane has a new producer and its partitions are still its own: rewind and go on.
    case restored
}

/// How a failed transaction ended, and so what the lane must do.
public enum CommitFailure: Sendable, Hashable {
    /// Aborted, and the producer is usable: read again from the committed positions.
    case aborted
    /// It cannot be told whether it was committed; the producer is usable again. The committed
    /// positions tell: all of a transaction is there, or nothing.
    case inDoubt
    /// Another producer has taken over the lane's id, or the producer is lost. The control thread
    /// finds out whether the partitions are lost too; ``LaneEvent/restored`` or
    /// ``LaneEvent/revoked(lost:round:)`` follows.
    case fenced
    /// Trying again cannot help (no authorisation, wrong configuration): the lane stands still until
    /// the process is stopped. The transport has reported the reason.
    case hopeless
}
