import ArkaModel
import ArkaStream
import PactPlugins
import Testing

@testable import ArkaAudit

/// Goal: whatever becomes of transactions and partitions, chains stay whole and no entry is lost.
/// Method: two processes with two lanes each log, send, commit, fail and hand partitions over at random,
/// by a seed; a log in memory takes what is committed, and the verifier reads it.
@Suite struct TrailSimulationTests {
    @Test(arguments: 0..<150)
    func `chains stay whole and each entry is committed once`(seed: Int) async throws {
        var world = TrailWorld(seed: seed)
        for _ in 0..<400 { try await world.step() }
        try await world.settle()
        #expect(findings(world.committed) == [])
        let ids = try world.committed.map { try json($0)["details"]?["id"]?.number }
        #expect(Set(ids).count == ids.count, "nothing twice")
        #expect(ids.count == world.logged, "nothing lost")
        for record in world.committed {
            let record = try json(record)
            guard record["decision_id"] != nil else { continue }
            #expect(record["late"] == nil || world.wasReturned, "late ones were returned first")
            let source = record["source"]
            let chain = "payments/\(source?["partition"]?.number?.description ?? "")"
            #expect(record["chain"]?.text == chain)
        }
    }

    @Test func `what went down with its transaction is written late, in its own chain`()
        async throws
    {
        let mailbox = mailbox()
        mailbox.resume(lane: 0, [AuditTail(partition: 1, record: nil)])
        try await mailbox.log(context(1, 5))
        let lost = mailbox.take(for: batch([(1, 5)]), lane: 0)
        #expect(try json(lost[0].bytes)["late"] == nil)
        mailbox.seal(lane: 0, job: LaneJobID(1))
        mailbox.resume(lane: 0, [AuditTail(partition: 1, record: nil)])
        #expect(mailbox.hasEntries)
        let again = mailbox.take(for: batch([(1, 5)]), lane: 0)
        let record = try json(again[0].bytes)
        #expect(record["late"] == true && record["seq"] == 1)
        #expect(record["decision_id"] == "payments/1/5/77")
        #expect(record["entry_id"] == (try json(lost[0].bytes)["entry_id"]))
    }

    @Test func `a transaction in doubt is settled by the record that its partition ends with`()
        async throws
    {
        let mailbox = mailbox()
        mailbox.resume(lane: 0, [AuditTail(partition: 1, record: nil)])
        for offset in 1...3 { try await mailbox.log(context(1, Int64(offset))) }
        let sent = mailbox.take(for: batch([(1, 1), (1, 2), (1, 3)]), lane: 0)
        mailbox.resume(lane: 0, [AuditTail(partition: 1, record: sent[1].bytes)])
        #expect(mailbox.count == 1, "two of them are there")
        let rest = mailbox.take(for: batch([(1, 4)]), lane: 0)
        #expect(
            findings([sent[0].bytes, sent[1].bytes, rest[0].bytes].map { $0 }, mayBeginLate: false)
                == [])
        let record = try json(rest[0].bytes)
        #expect(record["late"] == true && record["decision_id"] == nil, "its row left before")
    }

    @Test func `an entry waits for its record, and what is older goes first`() async throws {
        let mailbox = mailbox()
        mailbox.resume(
            lane: 0, [AuditTail(partition: 1, record: nil), AuditTail(partition: 2, record: nil)])
        try await mailbox.log(context(1, 9), action: "later")
        try await mailbox.log(context(2, 1), action: "other")
        try await mailbox.log(context(1, 7), action: "now")
        try await mailbox.log(context(1, 6), action: "too late")
        let records = try mailbox.take(for: batch([(1, 7), (1, 8)]), lane: 0).map {
            try json($0.bytes)
        }
        #expect(records.map { $0["action"]?.text } == ["too late", "now"])
        #expect(records.map { $0["late"] } == [true, nil])
        let held = batch([(1, 9), (2, 1)])
        _ = held.hold(0)
        #expect(
            try mailbox.take(for: held, lane: 0).map { try json($0.bytes)["action"]?.text } == [
                "other"
            ])
    }

    @Test func `entries without a record go with the next that leaves, and are not late`()
        async throws
    {
        let mailbox = mailbox()
        try await mailbox.log(nil, action: "initialized")
        mailbox.resume(lane: 1, [AuditTail(partition: 4, record: nil)])
        let record = try json(mailbox.take(for: batch([(4, 0)]), lane: 1)[0].bytes)
        #expect(record["chain"] == "payments/4" && record["late"] == nil)
        #expect(record["source"] == nil && record["decision_id"] == nil)
    }

    @Test func `entries of a partition that went away go with any other, late`() async throws {
        let mailbox = mailbox()
        mailbox.resume(
            lane: 0, [AuditTail(partition: 1, record: nil), AuditTail(partition: 2, record: nil)])
        try await mailbox.log(context(1, 5))
        mailbox.release(lane: 0)
        mailbox.resume(lane: 0, [AuditTail(partition: 2, record: nil)])
        try await mailbox.log(context(1, 6))
        let records = try mailbox.take(for: batch([(2, 0)]), lane: 0).map { try json($0.bytes) }
        #expect(records.map { $0["chain"]?.text } == ["payments/2", "payments/2"])
        #expect(records.map { $0["late"] } == [true, true])
        #expect(records.map { $0["source"]?["partition"] } == [1, 1])
    }

    @Test func `a dead letter's entry names its record and no decision`() async throws {
        let mailbox = mailbox()
        mailbox.resume(lane: 0, [AuditTail(partition: 1, record: nil)])
        try await mailbox.log(context(1, 5))
        let batch = batch([(1, 5)])
        batch.setAside(0, DeadLetterReason(.decisionTooLarge, path: "$", reason: "large"))
        let record = try json(mailbox.take(for: batch, lane: 0)[0].bytes)
        #expect(record["decision_id"] == nil && record["late"] == nil)
        #expect(record["source"]?["offset"] == 5)
    }
}

/// Two processes that share four partitions, and the log that they write to.
private struct TrailWorld {
    var random: SeededRandom
    let processes = [mailbox(process: "a"), mailbox(process: "b")]
    /// Everything committed, in the order of the partitions' logs.
    var committed: [[UInt8]] = []
    var logged = 0
    var wasReturned = false
    private var lasts: [Int32: [UInt8]] = [:]
    private var offsets: [Int32: Int64] = [:]
    private var job = LaneJobID(0)
    private var lanes: [TrailLane] = []

    init(seed: Int) {
        random = SeededRandom(seed)
        lanes = (0..<4).map { TrailLane(process: $0 / 2, number: $0 % 2) }
        for index in lanes.indices { assign([Int32(index)], to: index) }
    }

    mutating func step() async throws {
        let index = Int.random(in: 0..<lanes.count, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: try await log(in: lanes[index].process)
        case 4..<7: send(index)
        case 7: commit(index)
        case 8: fail(index)
        default: if Int.random(in: 0..<4, using: &random) == 0 { rebalance() }
        }
    }

    /// Lets everything that waits be committed.
    mutating func settle() async throws {
        for index in lanes.indices {
            commit(index)
            // Entries of rows that come later wait for them.
            for partition in lanes[index].partitions { offsets[partition, default: 0] += 10 }
        }
        for _ in 0..<2 {
            for index in lanes.indices {
                send(index, skips: false)
                commit(index)
            }
        }
        #expect(processes.map(\.count) == [0, 0])
    }

    private mutating func log(in process: Int) async throws {
        let partition = Int32.random(in: 0..<4, using: &random)
        let offset = offsets[partition, default: 0] + Int64.random(in: -3...5, using: &random)
        let context =
            Int.random(in: 0..<6, using: &random) == 0
            ? nil : context(partition, max(0, offset))
        try await processes[process].log(
            context, details: ["id": .open(.number(.init(Int64(logged))))])
        logged += 1
    }

    private mutating func send(_ index: Int, skips: Bool = true) {
        var rows: [(Int32, Int64)] = []
        for partition in lanes[index].partitions where !skips || Bool.random(using: &random) {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                rows.append((partition, offsets[partition, default: 0]))
                offsets[partition, default: 0] += 1
            }
        }
        guard !rows.isEmpty else { return }
        lanes[index].open += processes[lanes[index].process]
            .take(for: batch(rows), lane: lanes[index].number)
    }

    private mutating func commit(_ index: Int) {
        job = job.next
        let (process, number) = (processes[lanes[index].process], lanes[index].number)
        process.seal(lane: number, job: job)
        append(lanes[index].open)
        lanes[index].open = []
        process.didCommit(lane: number, job: job)
    }

    /// The transaction goes through or not, and nobody says which.
    private mutating func fail(_ index: Int) {
        job = job.next
        processes[lanes[index].process].seal(lane: lanes[index].number, job: job)
        end(index, mayCommit: true)
        resume(index)
    }

    private mutating func end(_ index: Int, mayCommit: Bool) {
        let goesThrough = mayCommit && Bool.random(using: &random)
        if goesThrough { append(lanes[index].open) }
        wasReturned = wasReturned || (!goesThrough && !lanes[index].open.isEmpty)
        lanes[index].open = []
    }

    private mutating func rebalance() {
        for index in lanes.indices {
            // Lost for good: aborted, since in doubt it could be written twice.
            end(index, mayCommit: false)
            processes[lanes[index].process].release(lane: lanes[index].number)
        }
        let shuffled = (0..<4).map { Int32($0) }.shuffled(using: &random)
        let cut = Int.random(in: 1...3, using: &random)
        assign(Array(shuffled.prefix(cut)), to: 0)
        assign([], to: 1)
        assign([], to: 2)
        assign(Array(shuffled.dropFirst(cut)), to: 3)
    }

    private mutating func assign(_ partitions: [Int32], to index: Int) {
        lanes[index].partitions = partitions
        resume(index)
    }

    private func resume(_ index: Int) {
        processes[lanes[index].process].resume(
            lane: lanes[index].number,
            lanes[index].partitions.map { AuditTail(partition: $0, record: lasts[$0]) })
    }

    private mutating func append(_ records: [AuditOutput]) {
        for record in records {
            committed.append(record.bytes)
            lasts[record.partition] = record.bytes
        }
    }
}

private struct TrailLane {
    let process: Int
    let number: Int
    var partitions: [Int32] = []
    /// Sent, not committed.
    var open: [AuditOutput] = []
}
