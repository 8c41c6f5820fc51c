import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// The end, in the order that librdkafka needs: lanes, group, producers, consumer.
extension ConsumerControl {
    /// Ends everything and leaves the reason in the shared state.
    func end() {
        let deadline = verdict == nil ? state.deadline : SystemTime().monotonic + .seconds(15)
        let didRelease = endLanes(before: deadline)
        // What a lane still uses must stay; the process ends without it.
        if didRelease {
            leaveGroup()
            endProducers(before: deadline)
            closeConsumer(before: deadline)
        }
        state.assigned = []
        state.reasons = [verdict?.message ?? "stopped"]
        state.exit = verdict ?? .stopped
        state.phase = "ended"
    }

    private func endLanes(before deadline: Duration) -> Bool {
        state.phase = "waiting for the lanes to let go"
        // Without a second for what follows, the group would only notice by its time-out.
        let limit = max(SystemTime().monotonic, deadline - .seconds(1))
        if verdict == nil {
            sayWhenPartitionsBecomeFree()
        } else {
            release(.lost, until: limit) { .revoked(lost: true, round: $0) }
        }
        defer { haveLanesEnded = true }
        return release(verdict == nil ? .release : .lost, until: limit) { .stop(round: $0) }
    }

    /// A person who waits for a deployment wants to know.
    private func sayWhenPartitionsBecomeFree() {
        switch settings.membership {
        case .dynamic:
            logger.info("membership: partitions become free at once, since the member leaves")
        case .static:
            let wait = Int(settings.effectiveSessionTimeout.milliseconds)
            logger.info(
                "membership: partitions become free after the session time-out or its return",
                [.milliseconds: .integer(wait)])
        }
    }

    /// A static member leaves nothing: its partitions wait for its return.
    private func leaveGroup() {
        guard let consumer else { return }
        state.phase = "closing the consumer"
        let code = consumer.whileOpen("close") { rd_kafka_consumer_close($0) }
        if let code, code != RD_KAFKA_RESP_ERR_NO_ERROR {
            logger.warning(
                "the consumer did not close in order", [.code: .text(KafkaFailure(code).name)])
        }
        forgetAssignment()
    }

    private func endProducers(before deadline: Duration) {
        state.phase = "closing the producers"
        for core in cores { core.worker.end() }
        for core in cores {
            let left = max(.zero, deadline - SystemTime().monotonic)
            guard core.worker.awaitEnd(atMost: left) else {
                return noteOverrun("the producer of lane \(core.delivery.source.lane)")
            }
        }
    }

    private func closeConsumer(before deadline: Duration) {
        state.phase = "destroying the consumer"
        let left = max(.milliseconds(100), deadline - SystemTime().monotonic)
        if let reason = consumer?.close(within: left) { noteOverrun(reason) }
    }

    private func noteOverrun(_ part: String) {
        logger.error("a part of the client does not close", [.part: .text(part)])
        let code = DiagnosticCode.closeOverran
        verdict = verdict ?? ExitReason(code: 1, message: "\(part) does not close [\(code)]")
    }
}
