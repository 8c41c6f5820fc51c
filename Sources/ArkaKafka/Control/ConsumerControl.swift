import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// The control thread: polls the group, gives partitions to lanes and takes them back, decides about
/// fenced lanes, and ends everything in order.
///
/// Rebalances are called back on this thread, inside of ``poll()`` or of the consumer's close.
final class ConsumerControl: @unchecked Sendable {
    // SAFETY: everything mutable is used by the control thread only, from `run()` on.

    let settings: KafkaSettings
    let lanes: [KafkaLane]
    let state: GroupState
    let handshake: Handshake
    let logger: Logger
    let time: any TimeSource
    /// Set by ``connect(_:cores:)`` before the thread starts.
    var consumer: KafkaHandle?
    var cores: [LaneCore] = []
    /// Called once, when the process cannot go on.
    let onEnd: @Sendable (ExitReason) -> Void
    var fencing: FencingPolicy
    /// Partitions that brought an error in place of records.
    var standstills = Standstills()
    /// Partitions that bring nothing although they should.
    var quiet = Standstills()
    var partitions = PartitionWatch()
    var brokers = BrokerWatch()
    var isAssigned = false
    /// Lanes have been asked to let go, and not all have said that they did.
    var isReleasing = false
    /// Lanes have ended, so that a revocation has nobody to ask.
    var haveLanesEnded = false
    /// Why the process must end without commit, once something says so.
    var verdict: ExitReason?

    /// What leaves with the decisions; `nil` where there is none.
    var audit: (any AuditTrail)? { cores.first?.audit }

    init(
        _ settings: KafkaSettings, lanes: [KafkaLane], state: GroupState, handshake: Handshake,
        logger: Logger, time: any TimeSource, onEnd: @escaping @Sendable (ExitReason) -> Void
    ) {
        self.settings = settings
        self.lanes = lanes
        self.state = state
        self.handshake = handshake
        self.logger = logger
        self.time = time
        self.onEnd = onEnd
        fencing = FencingPolicy(lanes: lanes.count)
    }

    /// Gives it what it works with; before ``run()``.
    func connect(_ consumer: KafkaHandle, cores: [LaneCore]) {
        self.consumer = consumer
        self.cores = cores
    }

    /// Works until asked to stop, or until it cannot go on. The body of the control thread.
    func run() {
        state.phase = "polling the group"
        while !state.isStopping, verdict == nil {
            poll()
            for report in state.takeReports() { handle(report) }
            if isAssigned {
                for action in fencing.stillAssigned(at: time.monotonic) { perform(action) }
            }
            watchBrokers()
            watchPartitions()
            publishHealth()
        }
        let wasAsked = verdict == nil
        end()
        if !wasAsked, let exit = state.exit { onEnd(exit) }
        state.ended.open()
    }

    // MARK: Polling

    private func poll() {
        let message = consumer?.whileOpen("poll") {
            rd_kafka_consumer_poll($0, KafkaLimits.controlPollInterval.timeoutMilliseconds)
        }
        guard let message, let message else { return }
        // SAFETY: the message is ours until it is destroyed here.
        defer { rd_kafka_message_destroy(message) }
        let code = message.pointee.err
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else {
            // Partitions are forwarded before they are assigned, so this cannot happen; going on
            // would lose the record.
            return giveUp(1, .memberEnded, "a record arrived outside of its lane")
        }
        let words = text(message.pointee.payload?.assumingMemoryBound(to: CChar.self))
        handlePollError(KafkaFailure(code, reason: words))
    }

    private func handlePollError(_ failure: KafkaFailure) {
        switch RecoveryAction.after(failure, during: .fetch) {
        case .leaveGroup: endMembership(failure)
        case .giveUp:
            giveUp(1, .notAuthorised, "group \(settings.groupID): \(failure.reason)")
        default:
            logger.warning(
                "the group reports an error",
                [.code: .text(failure.name), .reason: .text(failure.reason)])
        }
    }

    // MARK: Reports

    private func handle(_ report: LaneReport) {
        switch report {
        case .fenced(let lane):
            state.countFencing()
            if let action = fencing.fenced(lane: lane, at: time.monotonic) { perform(action) }
        case .renewed(let lane):
            guard fencing.didRenew(lane: lane) else { return }
            logger.info("lane restored", [.lane: .integer(lane)])
            lanes[lane].mailbox.post(.restored)
        case .hopeless(let lane, let failure):
            giveUp(1, code(for: failure), "lane \(lane): \(failure.reason) (\(failure.name))")
        case .stalled(let partition, let next, let failure):
            stall(partition, next: next, failure)
        case .moving(let partition): standstills.remove(partition)
        case .memberEnded(let failure): endMembership(failure)
        }
    }

    private func perform(_ action: FencingPolicy.Action) {
        switch action {
        case .giveUp(let lane):
            giveUp(
                3, .fencedAgain,
                "lane \(lane): another producer took its transactional id twice within a minute")
        case .renew(let lane):
            logger.info(
                "lane gets a new producer, since its partitions are still assigned",
                [.lane: .integer(lane)])
            let report = state.report
            cores[lane].worker.renew { renewal in
                switch renewal {
                case .ready: report(.renewed(lane: lane))
                case .fenced: report(.fenced(lane: lane))
                case .hopeless(let failure): report(.hopeless(lane: lane, failure))
                case .interrupted: break
                }
            }
        }
    }

    // MARK: Standing still

    private func stall(_ partition: Int32, next: Int64, _ failure: KafkaFailure) {
        let (code, reason) = standstill(partition, next: next, failure)
        standstills.add(partition, reason)
        quiet.remove(partition)
        logger.error(
            "partition stands still",
            [
                .topic: .text(settings.sourceTopic), .partition: .integer(Int(partition)),
                .offset: .integer(Int(next)), .code: .text(code.description),
                .reason: .text(reason),
            ])
        guard isAssigned, standstills.covers(Set(state.assigned)) else { return }
        giveUp(
            1, .everythingStandsStill,
            "every assigned partition of \(settings.sourceTopic) stands still: \(reason)")
    }

    private func standstill(
        _ partition: Int32, next: Int64, _ failure: KafkaFailure
    ) -> (DiagnosticCode, String) {
        let place = "\(settings.sourceTopic)/\(partition)"
        guard failure.code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET else {
            return (.partitionUnreadable, "\(place): \(failure.name): \(failure.reason)")
        }
        let log =
            bounds(of: partition).map { "the log holds \($0.low) to \($0.high)" }
            ?? "the log's offsets are not known"
        return (
            .offsetOutOfRange,
            "\(place): the committed offset \(next) is out of range, \(log); "
                + "records were lost to group \(settings.groupID)"
        )
    }

    /// The oldest and the next offset of a partition.
    private func bounds(of partition: Int32) -> (low: Int64, high: Int64)? {
        consumer?.whileOpen("bounds") { client in
            let offsets = StartOffsets(settings: settings, logger: logger, isStopping: { false })
            let low = offsets.offsets(client, [partition], at: Int64(RD_KAFKA_OFFSET_BEGINNING))
            let high = offsets.offsets(client, [partition], at: Int64(RD_KAFKA_OFFSET_END))
            guard let low = low.positions?.first, let high = high.positions?.first else {
                return nil
            }
            return (low.next, high.next)
        } ?? nil
    }

    private func publishHealth() {
        var reasons = standstills.sentences + quiet.sentences
        if brokers.isDown(at: time.monotonic) { reasons.append("no broker can be reached") }
        if !isAssigned { reasons.append("no partitions are assigned at the moment") }
        if fencing.isDisturbed { reasons.append("a lane is fenced and waits for a new producer") }
        reasons += cores.compactMap(failing)
        state.reasons = reasons
    }

    /// Says that a lane reads, decides and gives everything back again, if it does: its partitions
    /// stand still although nobody reports an error about them.
    private func failing(_ core: LaneCore) -> String? {
        let failures = core.worker.statistics.failuresInARow
        guard failures >= KafkaLimits.failuresUntilNotReady else { return nil }
        return "lane \(core.delivery.source.lane): \(failures) commits in a row failed"
    }

    // MARK: Verdicts

    private func endMembership(_ failure: KafkaFailure) {
        let fatal = consumer?.whileOpen("error") { KafkaFailure(fatalErrorOf: $0) } ?? nil
        let cause = fatal ?? failure
        giveUp(
            3, .memberEnded,
            "group \(settings.groupID) ended this member: \(cause.reason) (\(cause.name))")
    }

    /// Decides that the process ends without commit.
    func giveUp(_ exitCode: Int32, _ code: DiagnosticCode, _ reason: String) {
        guard verdict == nil else { return }
        logger.error(
            "cannot go on", [.code: .text(code.description), .reason: .text(reason)])
        verdict = ExitReason(code: exitCode, message: "\(reason) [\(code)]")
    }

    private func code(for failure: KafkaFailure) -> DiagnosticCode {
        switch failure.code {
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
            .notAuthorised
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
            RD_KAFKA_RESP_ERR_INVALID_RECORD:
            .recordsRefused
        default: .transactionsRefused
        }
    }
}
