import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Synchronization
import Testing

@testable import ArkaCalls

struct StressTests {
    /// The process' own clock.
    private struct RealTime: TimeSource {
        private static let start = ContinuousClock.now

        var monotonic: Duration { ContinuousClock.now - Self.start }
        var wallMilliseconds: Int64 { 0 }
    }

    @Test func `With real threads and tasks no row is lost either`() async throws {
        let functions = [
            RegisteredFunction(
                signature("single"), FunctionSettings(),
                .single { call in
                    await Task.yield()
                    return FunctionAnswer(value: call.arguments[0] ?? .null)
                }),
            RegisteredFunction(
                signature("batch"), FunctionSettings(cacheTTL: .seconds(60)),
                .batch(itemsMax: 16) { calls in
                    await Task.yield()
                    return calls.map { .success(FunctionAnswer(value: $0.arguments[0] ?? .null)) }
                }),
            RegisteredFunction(
                signature("immediate"), FunctionSettings(),
                .immediate { FunctionAnswer(value: $0.arguments[0] ?? .null) }),
        ]
        let plan = try CallPlan(
            book(functions.map { ($0.signature, ["entity"]) }), functions: functions,
            policies: Dictionary(
                uniqueKeysWithValues: functions.map { function in
                    var policy = CallPolicy(of: function)
                    policy.bulkhead.concurrentMax = 3
                    return (policy.function, policy)
                }))
        let time = RealTime()
        let stage = CallStage(plan, time: time, alarm: SleepingAlarm(time))
        let told = await withTaskGroup(of: Int.self) { group in
            for lane in 0..<4 { group.addTask { await Self.drive(stage, lane) } }
            return await group.reduce(0, +)
        }
        #expect(told == 4 * 50 * 8 * 3)
        for snapshot in stage.snapshot() {
            #expect(snapshot.calls.started == snapshot.calls.ended)
            #expect(snapshot.inFlight == 0)
        }
    }

    /// Decides rows until all are, and returns how many right answers they were told.
    private static func drive(_ stage: CallStage, _ lane: Int) async -> Int {
        let (wakes, wake) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        var driver = StressLane(
            LaneCallDesk(stage, context: LaneContext(topology: "stress")) { wake.yield() }, lane)
        for number in 0..<50 { driver.evaluate(batch: number) }
        var iterator = wakes.makeAsyncIterator()
        while driver.takeBack() { await iterator.next() }
        return driver.told
    }
}

/// A lane that checks that each row is told what it asked.
private struct StressLane {
    let desk: LaneCallDesk
    let lane: Int
    private(set) var told = 0
    private let round = CallRound()
    private let batch = RecordBatch(byteCapacity: 1024)
    private var waiting: [Int: String] = [:]

    init(_ desk: LaneCallDesk, _ lane: Int) {
        self.desk = desk
        self.lane = lane
        for row in 0..<8 {
            batch.append(payload: nil, key: nil, partition: 0, offset: Int64(row), timestamp: 0)
        }
    }

    mutating func evaluate(batch number: Int) {
        desk.begin(budgetEnd: nil)
        round.removeAll()
        let texts = (0..<8).map { "entity \((lane * 7 + number * 3 + $0) % 23)" }
        for (row, text) in texts.enumerated() {
            for call in 0..<3 {
                round.add(.text(Array(text.utf8).withUnsafeBytes { round.add(bytes: $0) }))
                round.ask(row: row, call: call)
            }
        }
        desk.settle(round, of: batch)
        for (row, text) in texts.enumerated() {
            let answers = round.answers[row * 3..<row * 3 + 3]
            if answers.contains(where: { $0.settled == nil }) {
                waiting[desk.ticket(of: row)] = text
            } else {
                count(answers.compactMap(\.settled), text)
            }
        }
    }

    /// Returns whether rows wait still.
    mutating func takeBack() -> Bool {
        while true {
            let tickets = desk.takeReady(max: 5)
            desk.begin(resuming: tickets, budgetEnd: nil)
            for (row, ticket) in tickets.enumerated() {
                let text = waiting.removeValue(forKey: ticket)
                count(desk.earlierAnswers(of: row).map(\.settled), text)
            }
            if tickets.isEmpty { return !waiting.isEmpty }
        }
    }

    private mutating func count(_ answers: [SettledCall], _ text: String?) {
        for answer in answers where answer.shown.hasSuffix(" \"\(text ?? "?")\"") { told += 1 }
    }
}
