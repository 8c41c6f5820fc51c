import ArkaModel
import ArkaStream
import ArkaTelemetry
import CRdkafka
import Synchronization

/// At least once: positions are committed when the broker has all outputs that belong to them.
///
/// Each record carries its epoch's number; the library's reports are counted against it. The lane
/// sends on while an epoch is waited for.
final class AcknowledgedDelivery: LaneDelivery {
    let source: ProducerSource
    let tracker = Mutex(EpochTracker())
    private let consumer: KafkaHandle
    private let report: LaneReporter
    private let time: any TimeSource
    private let failuresInARow = Mutex(0)

    init(
        _ source: ProducerSource, consumer: KafkaHandle, time: any TimeSource,
        report: @escaping LaneReporter
    ) {
        self.source = source
        self.consumer = consumer
        self.time = time
        self.report = report
    }

    var isUsable: Bool { source.current != nil }

    private var logger: Logger { source.logger }

    // MARK: LaneDelivery

    func begin() -> Bool { isUsable }

    func commit(_ request: CommitRequest) -> CommitOutcome {
        let start = time.monotonic
        if let failure = awaitDelivery(through: request.epoch) {
            return .failed(end(after: failure, during: .delivery))
        }
        if let failure = commitOffsets(request.positions) {
            return .failed(end(after: failure, during: .commitOffsets))
        }
        let took = time.monotonic - start
        logger.debug(
            "offsets committed",
            [.count: .integer(request.records), .milliseconds: .integer(Int(took.milliseconds))])
        failuresInARow.withLock { $0 = 0 }
        return .committed
    }

    func recover() -> CommitFailure {
        guard let code = source.current?.handle.callbacks.deliveryFailure else {
            return startAfresh()
        }
        return end(after: KafkaFailure(code), during: .delivery)
    }

    func renew() -> Renewal {
        do {
            _ = try source.replace()
        } catch {
            return .hopeless(KafkaFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason: error.reason))
        }
        tracker.withLock { $0.reset() }
        return .ready
    }

    // MARK: Steps

    /// Blocks until all records of the epochs up to this one are acknowledged. Ends at the latest
    /// when they time out.
    private func awaitDelivery(through epoch: Int) -> KafkaFailure? {
        guard let producer = source.current else { return KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY) }
        while true {
            switch tracker.withLock({ $0.standing(through: epoch) }) {
            case .delivered: return nil
            case .failed:
                let code = producer.handle.callbacks.deliveryFailure
                return producer.fatalFailure ?? KafkaFailure(code ?? RD_KAFKA_RESP_ERR__FAIL)
            case .open where source.isLost:
                return KafkaFailure(RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST)
            case .open: drainReports(of: producer, waitingAtMost: KafkaLimits.reportWait)
            }
        }
    }

    private func commitOffsets(_ positions: [PartitionPosition]) -> KafkaFailure? {
        let list = PartitionList(source.settings.sourceTopic, positions)
        var last = KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY)
        for attempt in 0..<KafkaLimits.transactionAttemptsMax {
            source.backOff(attempt: attempt)
            // The library would commit under whatever generation it is in by now.
            guard !source.isLost else { return KafkaFailure(RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST) }
            let code = consumer.whileOpen("commit") { rd_kafka_commit($0, list.pointer, 0) }
            guard let code else { return last }
            // The answer may be fine as a whole and refuse single partitions.
            let answer = code == RD_KAFKA_RESP_ERR_NO_ERROR ? list.firstError : code
            guard let answer else { return nil }
            last = KafkaFailure(answer)
            guard RecoveryAction.after(last, during: .commitOffsets) == .retry else { return last }
        }
        return last
    }

    private func end(
        after failure: KafkaFailure, during operation: KafkaOperation
    ) -> CommitFailure {
        logger.warning(
            "an epoch cannot be committed",
            [.code: .text(failure.name), .reason: .text(failure.reason)])
        switch RecoveryAction.after(failure, during: operation) {
        case .giveUp: return giveUp(failure)
        case .shrink: return source.shrink().map(giveUp) ?? startAfresh()
        default: return startAfresh()
        }
    }

    private func giveUp(_ failure: KafkaFailure) -> CommitFailure {
        report(.hopeless(lane: source.lane, failure))
        return .hopeless
    }

    /// Throws away what is on its way; the lane reads it again.
    private func startAfresh() -> CommitFailure {
        let failures = failuresInARow.withLock { count in
            count += 1
            return count
        }
        source.backOff(attempt: failures - 1)
        // A new producer costs a few milliseconds and leaves no doubt about what the old one has
        // still under way.
        switch renew() {
        case .hopeless(let failure): return giveUp(failure)
        case .ready, .fenced, .interrupted: return .aborted
        }
    }

    // MARK: Reports

    /// Counts the reports that have arrived. From the lane's thread and the commit thread.
    func drainReports(of producer: LaneProducer, waitingAtMost wait: Duration) {
        _ = producer.handle.whileOpen("reports") { _ in
            var timeout = wait.timeoutMilliseconds
            while let event = rd_kafka_queue_poll(producer.events, timeout) {
                count(event, callbacks: producer.handle.callbacks)
                rd_kafka_event_destroy(event)
                timeout = 0
            }
        }
    }

    private func count(_ event: OpaquePointer, callbacks: ClientCallbacks) {
        guard rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR else { return }
        var answered = 0
        var failures = 0
        var epoch = 0
        // SAFETY: the messages belong to the event, which is destroyed after this.
        while let message = rd_kafka_event_message_next(event)?.pointee {
            let own = Int(bitPattern: message._private)
            if own != epoch {
                settle(answered, failures, epoch)
                (answered, failures, epoch) = (0, 0, own)
            }
            answered += 1
            guard message.err != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            failures += 1
            callbacks.noteDelivery(message)
        }
        settle(answered, failures, epoch)
    }

    private func settle(_ answered: Int, _ failures: Int, _ epoch: Int) {
        guard answered > 0 else { return }
        tracker.withLock { $0.didAnswer(answered, epoch: epoch, failures: failures) }
    }
}
