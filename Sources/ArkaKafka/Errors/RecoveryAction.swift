import CRdkafka

/// Where a failure showed.
enum KafkaOperation: Sendable, Hashable, CaseIterable {
    /// Taking over a transactional id.
    case initialise
    /// Beginning a transaction.
    case begin
    /// Handing a record to the producer.
    case send
    /// The broker's answer about a record.
    case delivery
    /// Adding the input positions to a transaction.
    case sendOffsets
    /// Committing a transaction.
    case commit
    /// Aborting one.
    case abort
    /// Committing positions without a transaction.
    case commitOffsets
    /// An error in place of a record.
    case fetch
    /// What the client reports about itself.
    case client
}

/// What the engine does about a failure.
enum RecoveryAction: Sendable, Hashable, CaseIterable {
    /// Nothing: the library recovers by itself. Counted and logged at a bounded rate.
    case ignore
    /// Make the same call again, a bounded number of times.
    case retry
    /// Let the producer work off its queue, then hand over the same record again.
    case waitForRoom
    /// Abort, read again from the committed positions, redo.
    case abort
    /// The same, because a rebalance went on under the transaction. The commit is not tried again.
    case abandonGeneration
    /// The topic takes no batch of this size: find out what it takes, make dead letters of the rest,
    /// and go on with a new producer.
    case shrink
    /// A new producer with the same id; the committed positions tell whether the commit went through.
    case renewProducer
    /// Another producer has the id: stop the lane and let the control thread find out.
    case stopFenced
    /// Trying again cannot help: end the process with the reason.
    case giveUp
    /// One partition stands still until a person decides.
    case stopPartition
    /// The group has given the partitions to others: drop what is in memory, commit nothing.
    case dropAssignment
    /// The instance id is taken or the member is finished: close without commit, end.
    case leaveGroup
}

extension RecoveryAction {
    /// The table of research and experience as code: what to do after a failure.
    static func after(_ failure: KafkaFailure, during operation: KafkaOperation) -> RecoveryAction {
        switch operation {
        case .fetch: return afterFetch(failure)
        case .client: return failure.isFatal ? .leaveGroup : .ignore
        case .commitOffsets: return afterCommitOffsets(failure)
        case .send where failure.code == RD_KAFKA_RESP_ERR__QUEUE_FULL: return .waitForRoom
        case .initialise, .begin, .send, .delivery, .sendOffsets, .commit, .abort:
            return afterProducing(failure, during: operation)
        }
    }

    /// The order matters: fencing and lost generations are told by their codes, whatever the bits say.
    private static func afterProducing(
        _ failure: KafkaFailure, during operation: KafkaOperation
    ) -> RecoveryAction {
        if isFencing(failure.code) { return .stopFenced }
        if isLostGeneration(failure.code) { return .abandonGeneration }
        if isRefusal(failure.code) { return .giveUp }
        if failure.isRefusalOfSize { return .shrink }
        if failure.isFatal { return .renewProducer }
        if failure.requiresAbort { return operation == .abort ? .renewProducer : .abort }
        if failure.isRetriable { return .retry }
        switch operation {
        case .initialise, .abort, .begin: return .renewProducer
        default: return .abort
        }
    }

    private static func afterFetch(_ failure: KafkaFailure) -> RecoveryAction {
        switch failure.code {
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID: return .leaveGroup
        case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED: return .dropAssignment
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
            RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
            RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
            RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
            return .stopPartition
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED: return .giveUp
        default: return failure.isFatal ? .leaveGroup : .ignore
        }
    }

    private static func afterCommitOffsets(_ failure: KafkaFailure) -> RecoveryAction {
        if isLostGeneration(failure.code) { return .abandonGeneration }
        if isRefusal(failure.code) { return .giveUp }
        switch failure.code {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__TIMED_OUT,
            RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
            RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
            return .retry
        default: return .abort
        }
    }

    /// Another producer has taken over the id.
    private static func isFencing(_ code: rd_kafka_resp_err_t) -> Bool {
        switch code {
        case RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
            RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
            true
        default: false
        }
    }

    /// The group went on without this member's assignment.
    private static func isLostGeneration(_ code: rd_kafka_resp_err_t) -> Bool {
        switch code {
        case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
            RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
            true
        default: false
        }
    }

    /// Nothing but another configuration or another right helps.
    private static func isRefusal(_ code: rd_kafka_resp_err_t) -> Bool {
        switch code {
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT,
            // A compacted topic refuses records without a key.
            RD_KAFKA_RESP_ERR_INVALID_RECORD,
            RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
            true
        default: false
        }
    }
}
