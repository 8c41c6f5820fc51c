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
        renewProducers()
        let offsets = StartOffsets(settings: settings, logger: logger) { [state] in
            state.isStopping
        }
        guard let positions = offsets.resolve(client, partitions) else {
            rd_kafka_assign(client, nil)
            return
        }
        let shares = split(positions, among: lanes.count)
        for (core, share) in zip(cores, shares) {
            // Before `assign`: records that arrive earlier would end up in the consumer's own queue.
            forward(share, to: core)
            core.committed.replace(with: share)
            core.assignment.put(LaneAssignment(generation: generation, positions: share))
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
        standstills.removeAll()
        state.assigned = positions.map(\.partition).sorted()
        state.countAssignment()
        logger.info(
            "partitions assigned",
            [.count: .integer(positions.count), .partition: .text(state.assigned.description)])
    }

    /// Gives each lane that lost its producer a new one, all at the same time. A lane for which that
    /// takes too long goes on trying when it begins its first transaction.
    private func renewProducers() {
        for core in cores { core.delivery.source.setHurried(false) }
        let lost = cores.indices.filter { !cores[$0].delivery.isUsable }
        guard !lost.isEmpty else { return }
        renew(lost)
    }

    /// Makes new producers in parallel and waits for them.
    func renew(_ indices: [Int]) {
        // One of its own: an answer that comes too late must not count for a later question.
        guard let answers = try? Handshake() else { return }
        answers.expect(indices)
        for index in indices {
            let report = state.report
            cores[index].worker.renew { renewal in
                if case .hopeless(let failure) = renewal {
                    report(.hopeless(lane: index, failure))
                }
                answers.acknowledge(index)
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
        if !haveLanesEnded {
            release(.revoked(lost: isLost), until: SystemTime().monotonic + releaseTimeout)
        }
        logger.info(
            isLost ? "partitions lost" : "partitions revoked",
            [.count: .integer(state.assigned.count)])
        rd_kafka_assign(client, nil)
        forgetAssignment()
    }

    func forgetAssignment() {
        isAssigned = false
        fencing.assignmentEnded()
        standstills.removeAll()
        state.assigned = []
        for core in cores { core.committed.replace(with: []) }
    }

    /// Waiting longer than the group allows would only lose the assignment.
    private var releaseTimeout: Duration {
        let interval = settings.properties["max.poll.interval.ms"].flatMap { Int64($0) }
        let limit = Duration.milliseconds(interval ?? 300_000) * 3 / 4
        return state.isStopping ? min(stopTimeLeft, limit) : min(KafkaLimits.releaseTimeout, limit)
    }

    var stopTimeLeft: Duration { max(.zero, state.deadline - SystemTime().monotonic) }

    /// Asks all lanes to let go and waits until they have.
    /// - Returns: Whether all have.
    @discardableResult func release(_ event: LaneEvent, until deadline: Duration) -> Bool {
        handshake.expect(lanes.indices)
        for core in cores { core.delivery.source.setHurried(true) }
        for lane in lanes { lane.mailbox.post(event) }
        let late = handshake.wait(until: deadline)
        guard let lane = late.first else { return true }
        // A lane that still holds records could decide them beside their next owner.
        giveUp(1, .laneOverran, "lane \(lane) did not let go of its partitions in time")
        return false
    }
}
