import CRdkafka

/// What a lane or its commit thread tells the control thread.
enum LaneReport: Sendable {
    /// Another producer has taken over the lane's id.
    case fenced(lane: Int)
    /// The new producer that the control thread asked for is ready.
    case renewed(lane: Int)
    /// Trying again cannot help.
    case hopeless(lane: Int, KafkaFailure)
    /// A partition cannot be read; `next` is the offset that was wanted.
    case stalled(partition: Int32, next: Int64, KafkaFailure)
    /// A partition that could not be read can.
    case moving(partition: Int32)
    /// The member is finished.
    case memberEnded(KafkaFailure)
}

/// Where reports go; called on any thread, must not block.
typealias LaneReporter = @Sendable (LaneReport) -> Void
