import CRdkafka
import Testing

@testable import ArkaKafka

/// The parts of the table that the embedded broker cannot be made to show.
@Suite struct RecoveryActionTests {
    @Test(arguments: [
        (RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RecoveryAction.stopPartition),
        (RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, .stopPartition),
        (RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, .stopPartition),
        (RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED, .dropAssignment),
        (RD_KAFKA_RESP_ERR__FATAL, .leaveGroup),
        (RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, .leaveGroup),
        (RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, .giveUp),
        (RD_KAFKA_RESP_ERR__TRANSPORT, .ignore),
        (RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, .ignore),
    ])
    func `what comes in place of a record`(code: rd_kafka_resp_err_t, action: RecoveryAction) {
        #expect(RecoveryAction.after(KafkaFailure(code), during: .fetch) == action)
    }

    @Test(arguments: [
        (RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RecoveryAction.abandonGeneration),
        (RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, .abandonGeneration),
        (RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST, .abandonGeneration),
        (RD_KAFKA_RESP_ERR__TIMED_OUT, .retry),
        (RD_KAFKA_RESP_ERR_NOT_COORDINATOR, .retry),
        (RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, .retry),
        (RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, .giveUp),
        (RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE, .abort),
    ])
    func `what a commit without a transaction ends in`(
        code: rd_kafka_resp_err_t, action: RecoveryAction
    ) {
        #expect(RecoveryAction.after(KafkaFailure(code), during: .commitOffsets) == action)
    }

    /// Fencing is told by the code: librdkafka 2.0.2 marks one of the three merely abortable.
    @Test(arguments: [
        RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
        RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,
    ])
    func `a fenced producer is fenced whatever the bits say`(code: rd_kafka_resp_err_t) {
        for bits in 0..<8 {
            let failure = KafkaFailure(
                code, isFatal: bits & 1 != 0, isRetriable: bits & 2 != 0,
                requiresAbort: bits & 4 != 0)
            for operation in [KafkaOperation.send, .delivery, .sendOffsets, .commit, .abort] {
                #expect(RecoveryAction.after(failure, during: operation) == .stopFenced)
            }
        }
    }

    @Test(arguments: [
        (true, false, false, RecoveryAction.renewProducer), (false, true, false, .retry),
        (false, false, true, .abort), (true, true, true, .renewProducer),
        (false, true, true, .abort), (false, false, false, .abort),
    ])
    func `other failures of a transaction are told by their bits`(
        fatal: Bool, retriable: Bool, abort: Bool, action: RecoveryAction
    ) {
        let failure = KafkaFailure(
            RD_KAFKA_RESP_ERR__TIMED_OUT, isFatal: fatal, isRetriable: retriable,
            requiresAbort: abort)
        #expect(RecoveryAction.after(failure, during: .commit) == action)
    }

    @Test func `an abort that cannot be made leaves a new producer as the way out`() {
        let failure = KafkaFailure(RD_KAFKA_RESP_ERR__STATE, requiresAbort: true)
        #expect(RecoveryAction.after(failure, during: .abort) == .renewProducer)
    }

    @Test func `a full queue is waited for`() {
        let failure = KafkaFailure(RD_KAFKA_RESP_ERR__QUEUE_FULL)
        #expect(RecoveryAction.after(failure, during: .send) == .waitForRoom)
    }

    @Test func `every action is reached`() {
        var reached: Set<RecoveryAction> = []
        for value in Int32(-200)...130 {
            for bits in 0..<8 {
                let failure = KafkaFailure(
                    rd_kafka_resp_err_t(value), isFatal: bits & 1 != 0,
                    isRetriable: bits & 2 != 0, requiresAbort: bits & 4 != 0)
                for operation in KafkaOperation.allCases {
                    reached.insert(RecoveryAction.after(failure, during: operation))
                }
            }
        }
        #expect(reached == Set(RecoveryAction.allCases))
    }
}
