import ArkaStream
import CRdkafka
import Testing

@testable import ArkaKafka

@Suite struct EpochTrackerTests {
    @Test func `an epoch is delivered when all of its records are`() {
        var tracker = EpochTracker()
        let epoch = tracker.willSend(3)
        let sealed = tracker.seal()
        #expect(sealed == epoch)
        #expect(tracker.standing(through: epoch) == .open(3))
        tracker.didAnswer(2, epoch: epoch, failures: 0)
        #expect(tracker.standing(through: epoch) == .open(1))
        tracker.didAnswer(1, epoch: epoch, failures: 0)
        #expect(tracker.standing(through: epoch) == .delivered)
    }

    @Test func `records sent while an epoch is waited for belong to the next`() {
        var tracker = EpochTracker()
        let first = tracker.willSend(1)
        _ = tracker.seal()
        let second = tracker.willSend(5)
        #expect(second == first + 1)
        tracker.didAnswer(1, epoch: first, failures: 0)
        #expect(tracker.standing(through: first) == .delivered)
        #expect(tracker.standing(through: second) == .open(5))
    }

    @Test func `one lost record fails its epoch at once, and not the one before`() {
        var tracker = EpochTracker()
        let first = tracker.willSend(1)
        _ = tracker.seal()
        let second = tracker.willSend(4)
        tracker.didAnswer(1, epoch: second, failures: 1)
        #expect(tracker.standing(through: first) == .open(1))
        #expect(tracker.standing(through: second) == .failed)
    }

    @Test func `records that were not taken are not waited for`() {
        var tracker = EpochTracker()
        let epoch = tracker.willSend(10)
        tracker.didNotSend(4, epoch: epoch)
        #expect(tracker.outstandingCount == 6)
    }

    @Test func `answers from before a reset count for nothing`() {
        var tracker = EpochTracker()
        let old = tracker.willSend(3)
        tracker.reset()
        let new = tracker.willSend(2)
        tracker.didAnswer(3, epoch: old, failures: 3)
        tracker.didNotSend(1, epoch: old)
        #expect(tracker.standing(through: new) == .open(2))
    }

    @Test func `an epoch from before a reset cannot be committed any more`() {
        var tracker = EpochTracker()
        let old = tracker.willSend(3)
        tracker.didAnswer(3, epoch: old, failures: 0)
        _ = tracker.seal()
        let sending = tracker.willSend(2)
        tracker.reset()
        #expect(tracker.standing(through: old) == .failed)
        #expect(tracker.standing(through: sending) == .failed)
        let new = tracker.willSend(1)
        #expect(tracker.standing(through: new) == .open(1))
        tracker.didAnswer(1, epoch: new, failures: 0)
        #expect(tracker.standing(through: new) == .delivered)
    }

    @Test func `an empty epoch is delivered`() {
        var tracker = EpochTracker()
        let epoch = tracker.willSend(0)
        #expect(tracker.standing(through: epoch) == .delivered)
    }
}

@Suite struct HandshakeRollTests {
    /// Every answer to one of three questions, in every order of any four: only those that name the
    /// last question count.
    @Test func `an answer counts for the question that it names and for no other`() {
        let answers = (0..<2).flatMap { lane in (0...3).map { (lane, HandshakeRound($0)) } }
        for code in 0..<(answers.count * answers.count * answers.count) {
            var roll = HandshakeRoll()
            let rounds = (0..<3).map { _ in roll.ask([0, 1]) }
            #expect(Set(rounds).count == 3)
            var left: Set<Int> = [0, 1]
            var rest = code
            for _ in 0..<3 {
                let (lane, round) = answers[rest % answers.count]
                rest /= answers.count
                roll.acknowledge(lane, round)
                if round == rounds[2] { left.remove(lane) }
                #expect(roll.pending == left, "order \(code)")
            }
        }
    }
}

@Suite struct OutputTopicsTests {
    private let topics = OutputTopics(decisions: "d", deadLetters: "l")

    @Test func `what a topic says that it takes comes first`() {
        let next = topics.shrunk(refused: ["d": 300], told: ["d": 2_000, "l": 1_048_588])
        #expect(next?.decisionBytesMax == 2_000)
        #expect(next?.deadLetterBytesMax == topics.deadLetterBytesMax)
        #expect(next?.sendsRecordsAlone == false)
        #expect(next?.batchBytesMax == 2_000)
    }

    @Test func `a topic that says nothing is tried with records one by one`() {
        let next = topics.shrunk(refused: ["d": 300], told: [:])
        #expect(next?.sendsRecordsAlone == true)
        #expect(next?.decisionBytesMax == topics.decisionBytesMax)
    }

    @Test func `a record that is refused by itself, and all that are no smaller, are too large`() {
        var alone = topics
        alone.sendsRecordsAlone = true
        let next = alone.shrunk(refused: ["d": 300], told: ["d": 1_048_588])
        #expect(next?.decisionBytesMax == 299 + KafkaLimits.recordOverheadBytes)
    }

    /// Whatever is refused again and again, every step leaves something smaller, until there is none.
    @Test(arguments: [0, 1, 5_000, 65_536, 1_000_000], [true, false])
    func `shrinking comes to an end`(payload: Int, isTold: Bool) {
        var topics = topics
        var steps = 0
        while steps < 100 {
            let plan = DeadLetter.Plan(
                payload: payload, key: 20, headers: 0, bytesMax: topics.deadLetterBytesMax)
            let bytes = plan.payloadBytes + (plan.keepsKey ? 20 : 0)
            let told = isTold ? ["d": 10_000, "l": 10_000] : [:]
            guard let next = topics.shrunk(refused: ["l": bytes], told: told) else { break }
            topics = next
            steps += 1
        }
        #expect(steps <= 10, "\(payload)")
        let last = DeadLetter.Plan(
            payload: payload, key: 20, headers: 0, bytesMax: topics.deadLetterBytesMax)
        #expect(last.payloadBytes == 0 && !last.keepsKey, "something was left to leave out")
    }

    @Test func `the smallest record that each topic refused is kept, and the first reason`() {
        var failures = DeliveryFailures()
        failures.note(RD_KAFKA_RESP_ERR__PURGE_QUEUE, topic: "d", bytes: 1)
        #expect(failures.first == nil)
        failures.note(RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE, topic: "d", bytes: 300)
        failures.note(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, topic: "d", bytes: 200)
        failures.note(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, topic: "l", bytes: 900)
        failures.note(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, topic: "d", bytes: 10)
        #expect(failures.first == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE)
        #expect(failures.refusedBytes == ["d": 200, "l": 900])
    }
}

@Suite struct PartitionSplitTests {
    @Test func `lanes get as many partitions as each other, give or take one`() {
        for partitions in 0...17 {
            for lanes in 1...5 {
                let positions = (0..<Int32(partitions)).reversed().map {
                    PartitionPosition(partition: $0, next: Int64($0))
                }
                let shares = split(positions, among: lanes)
                let counts = shares.map(\.count)
                #expect(shares.count == lanes)
                #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
                #expect(Set(shares.joined()) == Set(positions))
            }
        }
    }
}

@Suite struct StandstillTests {
    @Test func `the process stands still when all of its partitions do`() {
        var standstills = Standstills()
        standstills.add(1, "one")
        #expect(!standstills.covers([0, 1]))
        standstills.add(0, "zero")
        #expect(standstills.covers([0, 1]))
        #expect(standstills.sentences == ["zero", "one"])
        standstills.remove(1)
        #expect(!standstills.covers([0, 1]))
    }

    @Test func `a process without partitions does not stand still`() {
        #expect(!Standstills().covers([]))
    }

    @Test func `many reasons are cut and counted`() {
        var standstills = Standstills()
        for partition in 0..<20 { standstills.add(Int32(partition), "p\(partition)") }
        #expect(standstills.sentences.count == 17)
        #expect(standstills.sentences.last == "and 4 more partitions stand still")
    }
}

@Suite struct BrokerWatchTests {
    /// The watch as an object, so that a call can stand in an expectation.
    private final class Driver {
        var watch = BrokerWatch()
        func mustAsk(_ seconds: Int) -> Bool { watch.mustAsk(at: .seconds(seconds)) }
        func isDown(_ seconds: Int) -> Bool { watch.isDown(at: .seconds(seconds)) }
    }

    @Test func `a short loss of all brokers is not worth a word`() {
        let driver = Driver()
        driver.watch.didLoseAll(at: .seconds(100))
        #expect(!driver.isDown(104))
        #expect(!driver.mustAsk(104))
    }

    @Test func `after five seconds the process is not ready, and asks until a broker answers`() {
        let driver = Driver()
        driver.watch.didLoseAll(at: .seconds(100))
        driver.watch.didLoseAll(at: .seconds(104))
        #expect(driver.isDown(105))
        #expect(driver.mustAsk(105))
        #expect(!driver.mustAsk(106))
        #expect(driver.mustAsk(107))
        driver.watch.didAnswer()
        #expect(!driver.isDown(108))
        #expect(!driver.mustAsk(110))
    }
}

@Suite struct CommitCountsTests {
    @Test func `failures in a row end with a commit, the others are kept`() {
        var counts = CommitCounts()
        for _ in 0..<3 { counts.didFail() }
        #expect(counts.failuresInARow == 3)
        counts.didCommit()
        counts.didFail()
        #expect(counts.commits == 1 && counts.failures == 4 && counts.failuresInARow == 1)
    }
}

@Suite struct DeadLetterPlanTests {
    private typealias Plan = DeadLetter.Plan

    @Test(arguments: ["x", "é", "€", "😀"])
    func `the letter's own texts are cut by bytes, so that they fit in any language`(
        character: String
    ) {
        #expect(DeadLetter.shortened(character) == character)
        let text = DeadLetter.shortened(String(repeating: character, count: 5000))
        #expect((1022...1027).contains(text.utf8.count))
        #expect(text.hasPrefix(String(repeating: character, count: 255)))
    }

    @Test func `what fits is kept as it is`() {
        let plan = Plan(payload: 1_000_000, key: 100, headers: 100, bytesMax: 1_048_588)
        #expect(plan.payloadBytes == 1_000_000)
        #expect(plan.keepsKey && plan.keepsHeaders && !plan.isTruncated)
    }

    @Test func `a large payload keeps its first 64 KB`() {
        let plan = Plan(payload: 20_000_000, key: 36, headers: 10, bytesMax: 1_048_588)
        #expect(plan.payloadBytes == 65_536)
        #expect(plan.keepsKey && plan.keepsHeaders && plan.isTruncated)
    }

    @Test func `a large key or large headers are dropped`() {
        let plan = Plan(payload: 10, key: 2_000_000, headers: 2_000_000, bytesMax: 1_048_588)
        #expect(plan.payloadBytes == 10)
        #expect(!plan.keepsKey && !plan.keepsHeaders && plan.isTruncated)
    }

    @Test func `the letter fits, whatever the record and the topic are`() {
        for limit in [4_500, 10_000, 100_000, 1_048_588] {
            for payload in [0, 1000, 90_000, 1_050_000] {
                for key in [0, 2000, 70_000] {
                    for headers in [0, 2000, 70_000] {
                        let plan = Plan(
                            payload: payload, key: key, headers: headers, bytesMax: limit)
                        let size =
                            plan.payloadBytes + (plan.keepsKey ? key : 0)
                            + (plan.keepsHeaders ? headers : 0)
                        #expect(
                            size + DeadLetter.ownHeaderBytes + KafkaLimits.recordOverheadBytes
                                <= limit)
                    }
                }
            }
        }
    }
}

@Suite struct RecordHeadersTests {
    private func unpack(_ packed: [UInt8]) -> [(String, [UInt8]?)] {
        var found: [(String, [UInt8]?)] = []
        packed.withUnsafeBytes { bytes in
            RecordHeaders.forEach(in: bytes) {
                found.append((String(decoding: $0, as: UTF8.self), $1.map { Array($0) }))
            }
        }
        return found
    }

    private func pack(_ headers: [(String, [UInt8]?)]) -> [UInt8] {
        var packed: [UInt8] = []
        for (name, value) in headers {
            Array(name.utf8).withUnsafeBytes { RecordHeaders.append($0, to: &packed) }
            if let value {
                value.withUnsafeBytes { RecordHeaders.append($0, to: &packed) }
            } else {
                RecordHeaders.append(nil, to: &packed)
            }
        }
        return packed
    }

    @Test func `headers come back in order, with repeated names, empty and null values`() {
        let headers: [(String, [UInt8]?)] = [
            ("a", [1, 2]), ("a", nil), ("", []), ("long", [UInt8](repeating: 7, count: 5000)),
        ]
        let found = unpack(pack(headers))
        #expect(found.map(\.0) == headers.map(\.0))
        #expect(found.map(\.1) == headers.map(\.1))
    }

    @Test func `cut off bytes end the list and touch nothing behind them`() {
        let packed = pack([("name", [1, 2, 3]), ("other", [4])])
        for length in 0..<packed.count {
            #expect(unpack(Array(packed[..<length])).count <= 1)
        }
    }
}

@Suite struct RefusalTests {
    @Test(arguments: [
        "enable.auto.commit", "transactional.id", "auto.offset.reset", "group.id",
        "enable.idempotence", "bootstrap.servers",
    ])
    func `what the promise depends on is refused with a reason`(property: String) {
        #expect(KafkaSettings.refusal(of: property)?.isEmpty == false)
    }

    @Test(arguments: [
        "ssl.ca.location", "sasl.password", "session.timeout.ms", "linger.ms", "fetch.min.bytes",
        "compression.codec", "isolation.level", "partitioner", "client.rack",
    ])
    func `the rest passes through`(property: String) {
        #expect(KafkaSettings.refusal(of: property) == nil)
    }

    @Test func `a refused property ends the start before anything is connected`() {
        let connection = KafkaConnection(
            bootstrap: ["127.0.0.1:1"], properties: ["enable.auto.commit": "true"])
        let error = #expect(throws: KafkaError.self) { try connection.check() }
        #expect(error?.code == .refusedProperty)
    }

    @Test(arguments: [[], [""], ["", ""]])
    func `an empty bootstrap is refused`(bootstrap: [String]) {
        let error = #expect(throws: KafkaError.self) {
            try KafkaConnection(bootstrap: bootstrap).check()
        }
        #expect(error?.code == .noBootstrap)
    }

    @Test func `refused credentials with SCRAM name the library that is too old`() {
        let scram = KafkaConnection(
            bootstrap: ["b:1"], properties: ["sasl.mechanism": "SCRAM-SHA-512"])
        let plain = KafkaConnection(bootstrap: ["b:1"], properties: ["sasl.mechanism": "PLAIN"])
        let (old, new) = (LibraryVersion(2, 0, 2), LibraryVersion(2, 6, 1))
        #expect(scram.authenticationError("no", with: old).code == .scramNeedsNewerLibrary)
        #expect(scram.authenticationError("no", with: new).code == .authenticationFailed)
        #expect(plain.authenticationError("no", with: old).code == .authenticationFailed)
    }
}
