import ArkaModel
import ArkaStream
import ArkaTelemetry
import CRdkafka
import Synchronization

/// Exactly once: outputs and input positions become final in one transaction, or not at all.
final class TransactionalDelivery: LaneDelivery {
    let source: ProducerSource
    private let report: LaneReporter
    private let time: any TimeSource
    private let usable = Mutex(false)
    /// Transactions in a row that did not go through; for the commit thread.
    private let failuresInARow = Mutex(0)

    init(_ source: ProducerSource, time: any TimeSource, report: @escaping LaneReporter) {
        self.source = source
        self.time = time
        self.report = report
    }

    var isUsable: Bool { usable.withLock { $0 } }

    private var logger: Logger { source.logger }

    // MARK: LaneDelivery

    func begin() -> Bool {
        guard isUsable, let producer = source.current else { return false }
        if let failure = producer.begin() {
            note(failure, "a transaction cannot be begun")
            return false
        }
        _ = producer.handle.callbacks.takeDeliveryFailures()
        logger.debug("transaction opened")
        return true
    }

    func commit(_ request: CommitRequest) -> CommitOutcome {
        // Without positions the library would not ask the group whether this member still has the
        // partitions: one that has lost them could add to what their next owner has read to its end.
        guard let producer = source.current, !request.positions.isEmpty else {
            return .failed(recover())
        }
        let start = time.monotonic
        if let failure = attempt({
            producer.sendOffsets(
                request.positions, of: source.settings.sourceTopic, in: request.generation)
        }) {
            note(failure, "the positions cannot be added to the transaction")
            return .failed(end(after: failure, during: .sendOffsets))
        }
        logger.debug("transaction committing", [.count: .integer(request.records)])
        if let failure = attempt({ producer.commit() }) {
            note(failure, "a transaction cannot be committed")
            return .failed(end(after: failure, during: .commit))
        }
        let took = time.monotonic - start
        logger.debug(
            "transaction committed",
            [.count: .integer(request.records), .milliseconds: .integer(Int(took.milliseconds))])
        failuresInARow.withLock { $0 = 0 }
        return .committed
    }

    func recover() -> CommitFailure {
        guard isUsable, let producer = source.current else {
            return outcome(of: renew(), ifReady: .aborted)
        }
        if let failure = producer.fatalFailure {
            note(failure, "the producer is lost")
            return end(after: failure, during: .send)
        }
        return end(
            after: KafkaFailure(RD_KAFKA_RESP_ERR__STATE, requiresAbort: true), during: .send)
    }

    func renew() -> Renewal {
        usable.withLock { $0 = false }
        var attempt = 0
        while true {
            source.backOff(attempt: attempt)
            let renewal = initialise()
            if let renewal { return renewal }
            if source.isHurried { return .interrupted }
            attempt += 1
        }
    }

    // MARK: Steps

    /// - Returns: `nil` if another attempt may help.
    private func initialise() -> Renewal? {
        let producer: LaneProducer
        do {
            producer = try source.replace()
        } catch {
            return .hopeless(KafkaFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason: error.reason))
        }
        guard let failure = producer.initialise() else {
            usable.withLock { $0 = true }
            return .ready
        }
        note(failure, "the transactional id cannot be taken over")
        switch RecoveryAction.after(failure, during: .initialise) {
        case .stopFenced: return .fenced
        case .giveUp: return .hopeless(failure)
        default: return nil
        }
    }

    /// Makes a call again while the library says that this may help.
    private func attempt(_ call: () -> KafkaFailure?) -> KafkaFailure? {
        for _ in 1..<KafkaLimits.transactionAttemptsMax {
            guard let failure = call() else { return nil }
            let action = RecoveryAction.after(failure, during: .commit)
            guard action == .retry, !source.isLost else { return failure }
            note(failure, "a transactional call is made again")
        }
        return call()
    }

    /// Does what a failure asks for, and says how it ended.
    private func end(
        after failure: KafkaFailure, during operation: KafkaOperation
    ) -> CommitFailure {
        // A new producer ends the transaction one way or the other. Once its commit has been asked
        // for, only the committed positions tell which; before that, it cannot have gone through.
        let ifRenewed = operation == .commit ? CommitFailure.inDoubt : .aborted
        let action = RecoveryAction.after(rootCause(of: failure), during: operation)
        if source.isLost, action != .giveUp { return abandon() }
        switch action {
        case .stopFenced: return fence()
        case .giveUp:
            _ = abort(ifRenewed: ifRenewed)
            return giveUp(failure)
        case .shrink:
            // With a record refused, it cannot have gone through.
            return source.shrink().map(giveUp) ?? outcome(of: renew(), ifReady: .aborted)
        case .renewProducer: return outcome(of: renew(), ifReady: ifRenewed)
        case .retry where operation == .commit: return outcome(of: renew(), ifReady: ifRenewed)
        default: return abort(ifRenewed: ifRenewed)
        }
    }

    /// A transaction fails as a whole; where a record was refused, that says why.
    private func rootCause(of failure: KafkaFailure) -> KafkaFailure {
        // The report may still wait to be called back.
        source.current?.poll()
        guard let code = source.current?.handle.callbacks.deliveryFailure else { return failure }
        let cause = KafkaFailure(code, requiresAbort: failure.requiresAbort)
        note(cause, "a record could not be delivered")
        switch RecoveryAction.after(cause, during: .delivery) {
        case .giveUp, .stopFenced, .shrink: return cause
        default: return failure
        }
    }

    private func abort(ifRenewed: CommitFailure) -> CommitFailure {
        // One that fails again and again may have lost its place in the log: three in a row are seen
        // after a refused record, more are not.
        let failures = failuresInARow.withLock { count in
            count += 1
            return count
        }
        guard let producer = source.current, failures <= KafkaLimits.failuresBeforeRenewal else {
            return outcome(of: renew(), ifReady: ifRenewed)
        }
        source.backOff(attempt: failures - 1)
        guard let failure = attempt({ producer.abort() }) else { return .aborted }
        note(failure, "a transaction cannot be aborted")
        switch RecoveryAction.after(failure, during: .abort) {
        case .stopFenced: return fence()
        case .giveUp: return giveUp(failure)
        default: return outcome(of: renew(), ifReady: ifRenewed)
        }
    }

    private func outcome(of renewal: Renewal, ifReady ready: CommitFailure) -> CommitFailure {
        switch renewal {
        case .ready: return ready
        case .fenced: return fence()
        case .hopeless(let failure): return giveUp(failure)
        // The next assignment brings a new producer.
        case .interrupted: return .fenced
        }
    }

    /// Leaves the transaction to the producer of the next assignment. The group counts on this lane to
    /// let go within a heartbeat or two, and the broker may be away.
    private func abandon() -> CommitFailure {
        usable.withLock { $0 = false }
        return .fenced
    }

    private func fence() -> CommitFailure {
        usable.withLock { $0 = false }
        logger.info("lane fenced")
        report(.fenced(lane: source.lane))
        return .fenced
    }

    private func giveUp(_ failure: KafkaFailure) -> CommitFailure {
        report(.hopeless(lane: source.lane, failure))
        return .hopeless
    }

    private func note(_ failure: KafkaFailure, _ message: StaticString) {
        logger.warning(message, [.code: .text(failure.name), .reason: .text(failure.reason)])
    }
}
