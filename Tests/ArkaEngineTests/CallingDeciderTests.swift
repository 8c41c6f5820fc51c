import ArkaCalls
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import ArkaResilience
import ArkaRules
import ArkaStream
import ArkaSystem
import ManualTime
import PactPlugins
import Synchronization
import Testing

/// Rules, evaluation, call stage and plugin code together, without a broker.
@Suite struct CallingDeciderTests {
    private static let signature = FunctionSignature(
        plugin: "lists", name: "check", kind: .dataSource,
        parameters: [.init("id", .constrained(.init(types: .string)))],
        result: .constrained(
            .init(
                types: .object,
                properties: [
                    .init("hit", isRequired: true, .constrained(.init(types: .boolean))),
                    .init("score", isRequired: false, .constrained(.init(types: .number))),
                ])))

    private static let rules = """
        rule listed (on_unknown: review) {
            when {
                transaction.amount > 10
                plugin.lists.check(id: transaction.id).hit == true
            }
            then { reject(reason: "on the list, score \\(plugin.lists.check(id: transaction.id).score)") }
        }
        rule large (on_unknown: ignore) {
            when { transaction.amount > 1000 }
            then { flag_for_review(reason: "large") }
        }
        """

    /// A lane's decider over a function, with everything between them. Limits go by the test's clock.
    private final class Lane: @unchecked Sendable {
        let time = ManualTime()
        let decider: WaitingDecider
        let stage: CallStage
        let batch = RecordBatch()

        init(
            _ form: RegisteredFunction.Form, settings: FunctionSettings = FunctionSettings(),
            budget: Duration = .seconds(60)
        ) throws {
            let compiled = compileRules(
                [SourceText(name: "a.pact", utf8: Array(rules.utf8))],
                RuleInputs(
                    layout: RecordLayout(), onUnknown: nil, functions: FunctionTable([signature])))
            let book = try #require(compiled.book, "\(compiled.diagnostics)")
            let plan = EvaluationPlan(
                book: book, layout: RecordLayout(), rulebookName: "b", rulebookDigest: "0")
            stage = CallStage(
                try CallPlan(book, functions: [RegisteredFunction(signature, settings, form)]),
                time: time.clock, alarm: time.alarm)
            let answers = try WakeEvent()
            let desk = LaneCallDesk(stage, context: LaneContext(topology: "t")) { answers.raise() }
            decider = WaitingDecider(
                CallingDecider(
                    evaluator: BatchEvaluator(plan: plan, desk: desk), desk: desk,
                    origin: .file("f"), budget: budget, time: time.clock
                ) { _, _ in },
                answers: answers)
        }

        /// The decisions of some records, as text; on a thread of its own, as lanes are: one that waits
        /// must not be one of those that functions run on.
        func decide(_ records: [String]) async throws -> [String] {
            let thread = Mutex<Thread?>(nil)
            let decisions = try await withCheckedThrowingContinuation { continuation in
                do {
                    let started = try Thread("lane") {
                        continuation.resume(returning: self.decideHere(records))
                    }
                    thread.withLock { $0 = started }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
            thread.withLock { $0 }?.join()
            return decisions
        }

        private func decideHere(_ records: [String]) -> [String] {
            batch.removeAll()
            for (index, record) in records.enumerated() {
                batch.append(
                    record: Array(record.utf8), partition: 0, offset: Int64(index), timestamp: 0)
            }
            decider.decide(batch, at: 0)
            return batch.outcomes.map { outcome in
                guard case .decided(_, let start, let count) = outcome else { return "\(outcome)" }
                return String(decoding: batch.outputBytes(from: start, count: count), as: UTF8.self)
            }
        }
    }

    private static func answer(_ call: FunctionCall) -> FunctionAnswer {
        let isHit = call.arguments[0] == .string("bad")
        return FunctionAnswer(
            value: .object([
                .init("hit", .boolean(isHit)), .init("score", .number(ExactDecimal(7))),
            ]))
    }

    private static let records = [
        #"{"id":"bad","amount":20}"#, #"{"id":"good","amount":20}"#, #"{"id":"bad","amount":5}"#,
        #"{"id":"bad","amount":5000}"#, #"{"id":"good","amount":5000}"#, #"{"amount":50}"#,
    ]

    private func expectDecided(_ decisions: [String]) {
        let statuses = decisions.map { text in
            ["compliant", "flagged", "manual_review", "rejected"].first {
                text.contains("\"status\":\"\($0)\"")
            }
        }
        #expect(
            statuses == [
                "rejected", "compliant", "compliant", "rejected", "flagged", "manual_review",
            ], "\(decisions)")
        #expect(decisions.first?.contains("on the list, score 7") == true)
        for decision in decisions { #expect(!decision.contains("degraded"), "\(decision)") }
    }

    @Test func `rows whose calls are out are decided when they are answered`() async throws {
        let calls = Atomic<Int>(0)
        let lane = try Lane(
            .single { call in
                calls.add(1, ordering: .relaxed)
                await Task.yield()
                return Self.answer(call)
            })
        try await expectDecided(lane.decide(Self.records))
        // Rows with equal arguments share a call; a row ruled out by its amount makes none.
        #expect(calls.load(ordering: .relaxed) == 2)
        try await expectDecided(lane.decide(Self.records))
        #expect(calls.load(ordering: .relaxed) == 4, "without a cache it is asked again")
    }

    @Test func `what is cached is not asked again, and immediate functions never wait`()
        async throws
    {
        let calls = Atomic<Int>(0)
        let lane = try Lane(
            .immediate { call in
                calls.add(1, ordering: .relaxed)
                return Self.answer(call)
            }, settings: FunctionSettings(cacheTTL: .seconds(60)))
        for _ in 0..<3 { try await expectDecided(lane.decide(Self.records)) }
        #expect(calls.load(ordering: .relaxed) == 2)
        let cached = try await lane.decide(Self.records)
        #expect(cached[0].contains("\"outcome\":\"cached\""))
    }

    @Test func `a batch function gets all rows of a batch at once`() async throws {
        let sizes = Mutex<[Int]>([])
        let lane = try Lane(
            .batch(itemsMax: 256) { calls in
                sizes.withLock { $0.append(calls.count) }
                return calls.map { .success(Self.answer($0)) }
            })
        try await expectDecided(lane.decide(Self.records))
        #expect(sizes.withLock { $0 } == [2])
    }

    @Test func `a failed call is unknown, named, and degrades the decision`() async throws {
        struct Down: Error, CustomStringConvertible { let description = "the list is down" }
        let lane = try Lane(.single { _ in throw Down() })
        let decisions = try await lane.decide(Self.records)
        #expect(decisions[1].contains("\"status\":\"manual_review\""))
        #expect(decisions[1].contains("\"degraded\":true"))
        #expect(decisions[1].contains("the list is down"))
        #expect(decisions[2].contains("\"status\":\"compliant\""), "it needs no call")
        #expect(!decisions[2].contains("degraded"))
    }

    @Test func `a decision waits no longer than its budget`() async throws {
        let (called, calling) = AsyncStream.makeStream(of: Void.self)
        let never = AsyncStream<Never>.makeStream()
        let lane = try Lane(
            .single { call in
                calling.yield()
                for await _ in never.stream {}
                return Self.answer(call)
            }, budget: .milliseconds(150))
        async let deciding = lane.decide(Self.records)
        for await _ in called { break }
        lane.time.pass(.milliseconds(149))
        #expect(lane.stage.snapshot()[0].calls.timedOut == 0)
        lane.time.pass(.milliseconds(1))
        #expect(lane.stage.snapshot()[0].calls.timedOut == 4, "one for each row that asks")
        // If that failed, the function's own limit ends what goes on.
        lane.time.pass(.seconds(30))
        let decisions = try await deciding
        #expect(decisions[0].contains("\"cause\":\"budget\""), "\(decisions[0])")
        #expect(decisions[2].contains("\"status\":\"compliant\""))
    }
}
