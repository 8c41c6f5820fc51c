import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// Giving partitions to lanes and taking them back. All of it on the control thread.
extension ConsumerControl {
    /// The library asks: new partitions, or no longer these.
    func rebalance(
        _ event: rd_kafka_resp_err_t,
        _ partitions: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    ) {
        if event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            let count = Int(partitions.pointee.cnt)
            // SAFETY: the list is the library's and lives until the callback returns.
            assign((0..<count).map { partitions.pointee.elems[$0].partition })
        } else {
            revoke()
        }
    }

    // MARK: Assigning

    private func assign(_ partitions: [Int32]) {
        guard let client = consumer?.pointer else { return }
        guard !haveLanesEnded, verdict == nil, let generation = GroupGeneration(of: client) else {
            rd_kafka_assign(client, nil)
            return
        }
        guard awaitRelease(until: SystemTime().monotonic + releaseTimeout) else {
            rd_kafka_assign(client, nil)
            return
        }
        renewProducers()
        let offsets = StartOffsets(
            settings: settings, logger: logger,
            // A broker that goes away now takes the new assignment with it.
            isStopping: { [state] in state.isStopping || rd_kafka_assignment_lost(client) != 0 },
            explain: { [state] in state.reasons = [$0] })
        guard let positions = offsets.resolve(client, partitions) else {
            rd_kafka_assign(client, nil)
            return
        }
        guard let tails = auditTails(of: partitions, client) else {
            rd_kafka_assign(client, nil)
            return
        }
        let shares = split(positions, among: lanes.count)
        for (core, share) in zip(cores, shares) {
            // Before `assign`: records that arrive earlier would end up in the consumer's own queue.
            forward(share, to: core)
            core.progress.replace(with: share)
            let own = share.compactMap { tails[$0.partition] }
            core.assignment.put(
                LaneAssignment(generation: generation, positions: share, tails: own))
        }
        start(positions, client)
        for (lane, share) in zip(lanes, shares) { lane.mailbox.post(.assigned(share)) }
    }

    private func forward(_ share: [PartitionPosition], to core: LaneCore) {
        guard let client = consumer?.pointer else { return }
        for position in share {
            let queue = rd_kafka_queue_get_partition(
                client, settings.sourceTopic, position.partition)
            guard let queue else { continue }
            rd_kafka_queue_forward(queue, core.queue)
            // SAFETY: this drops our reference; the forwarding stays with the partition.
            rd_kafka_queue_destroy(queue)
        }
    }

    private func start(_ positions: [PartitionPosition], _ client: OpaquePointer) {
        let list = PartitionList(settings.sourceTopic, positions)
        let code = rd_kafka_assign(client, list.pointer)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            giveUp(1, .memberEnded, "the assignment is refused: \(KafkaFailure(code).reason)")
        }
        isAssigned = true
        forgetStandstills()
        state.assigned = positions.map(\.partition).sorted()
        state.countAssignment()
        logger.info(
            "partitions assigned",
            [.count: .integer(positions.count), .partition: .text(state.assigned.description)])
    }

    /// Gives each lane that lost its producer a new one, all at the same time. A lane for which that
    /// takes too long goes on trying when it begins its first transaction.
    private func renewProducers() {
        for core in cores { core.delivery.source.setHaste(.none) }
        let lost = cores.indices.filter { !cores[$0].delivery.isUsable }
        guard !lost.isEmpty else { return }
        renew(lost)
    }

    /// Makes new producers in parallel and waits for them.
    func renew(_ indices: [Int]) {
        guard let answers = try? Handshake() else { return }
        let round = answers.expect(indices)
        for index in indices {
            let report = state.report
            cores[index].worker.renew { renewal in
                if case .hopeless(let failure) = renewal {
                    report(.hopeless(lane: index, failure))
                }
                answers.acknowledge(index, round)
            }
        }
        let late = answers.wait(until: SystemTime().monotonic + KafkaLimits.renewalTimeout)
        for lane in late {
            logger.warning("lane has no producer yet", [.lane: .integer(lane)])
        }
    }

    // MARK: Revoking

    private func revoke() {
        guard let client = consumer?.pointer else { return }
        let isLost = rd_kafka_assignment_lost(client) != 0
        if !haveLanesEnded { release(isLost: isLost, client) }
        logger.info(
            isLost ? "partitions lost" : "partitions revoked",
            [.count: .integer(state.assigned.count)])
        rd_kafka_assign(client, nil)
        forgetAssignment()
    }

    /// Asks the lanes to let go and waits, in order as long as they need.
    ///
    /// Once the assignment is lost, not at all: until it is unassigned, librdkafka 2.0.2 sends
    /// heartbeats without a member id, and a broker that comes back answers a static member's with
    /// `FENCED_INSTANCE_ID`, which is fatal. Nothing that a lane fetches from now on is sent, since it
    /// looks into its mailbox before every step; the lanes are waited for before the next assignment.
    private func release(isLost: Bool, _ client: OpaquePointer) {
        ask(isLost ? .lost : .release) { .revoked(lost: isLost, round: $0) }
        guard !isLost else { return }
        let clock = SystemTime()
        let deadline = clock.monotonic + releaseTimeout
        while clock.monotonic < deadline {
            let slice = min(deadline, clock.monotonic + KafkaLimits.controlPollInterval)
            if handshake.wait(until: slice).isEmpty { break }
            guard rd_kafka_assignment_lost(client) != 0 else { continue }
            for core in cores { core.delivery.source.setHaste(.lost) }
            return
        }
        awaitRelease(until: deadline)
    }

    func forgetAssignment() {
        isAssigned = false
        fencing.assignmentEnded()
        forgetStandstills()
        state.assigned = []
        for core in cores {
            core.progress.replace(with: [])
            core.worker.forgetFailures()
        }
    }

    private func forgetStandstills() {
        standstills.removeAll()
        quiet.removeAll()
        partitions = PartitionWatch()
    }

    /// Waiting longer than the group allows would only lose the assignment.
    private var releaseTimeout: Duration {
        let interval = settings.properties["max.poll.interval.ms"].flatMap { Int64($0) }
        let limit = Duration.milliseconds(interval ?? 300_000) * 3 / 4
        return state.isStopping ? min(stopTimeLeft, limit) : min(KafkaLimits.releaseTimeout, limit)
    }

    var stopTimeLeft: Duration { max(.zero, state.deadline - SystemTime().monotonic) }

    /// Asks all lanes to let go.
    private func ask(_ haste: ProducerSource.Haste, _ event: (HandshakeRound) -> LaneEvent) {
        let round = handshake.expect(lanes.indices)
        isReleasing = true
        for core in cores { core.delivery.source.setHaste(haste) }
        for lane in lanes { lane.mailbox.post(event(round)) }
    }

    /// Asks all lanes to let go and waits until they have.
    /// - Returns: Whether all have.
    @discardableResult func release(
        _ haste: ProducerSource.Haste, until deadline: Duration,
        _ event: (HandshakeRound) -> LaneEvent
    ) -> Bool {
        guard awaitRelease(until: deadline) else { return false }
        ask(haste, event)
        return awaitRelease(until: deadline)
    }

    /// Waits until all lanes that were asked have let go.
    @discardableResult func awaitRelease(until deadline: Duration) -> Bool {
        guard isReleasing else { return true }
        let late = handshake.wait(until: deadline)
        guard let lane = late.first else {
            isReleasing = false
            return true
        }
        // A lane that still holds records could decide them beside their next owner.
        giveUp(1, .laneOverran, "lane \(lane) did not let go of its partitions in time")
        return false
    }
}
