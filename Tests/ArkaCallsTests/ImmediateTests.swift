import ArkaModel
import ArkaResilience
import ArkaStream
import ManualTime
import PactPlugins
import Synchronization
import Testing

@testable import ArkaCalls

struct ImmediateTests {
    private static let kept = FunctionSettings(cacheTTL: .seconds(60), timeout: .seconds(1))

    @Test func `An immediate function has answered when settle returns, through cache and breaker`()
        throws
    {
        let calls = Counter()
        let world = try World(
            RegisteredFunction(
                signature("check"), Self.kept,
                .immediate { call in
                    calls.count()
                    guard case .string(let text) = call.arguments[0], text != "bad" else {
                        throw Refused()
                    }
                    return answer(text)
                })
        ) { $0.breaker.consecutiveFailures = 2 }
        let lane = world.lane()
        let shown = lane.ask("a", "b", "a", "bad", "bad", "c").map(\.shown)
        #expect(
            shown == [
                #"answered {"name":"a"}"#, #"answered {"name":"b"}"#, #"cached {"name":"a"}"#,
                "failed failed", "failed failed", "open open",
            ])
        #expect(calls.value == 4)
        #expect(lane.wakes.value == 0)
        #expect(lane.desk.waitingCount == 0)
        #expect(lane.desk.earlierAnswers(of: 2).map(\.settled.shown) == [#"cached {"name":"a"}"#])
    }

    @Test func `One that takes longer than its limit has timed out; the next is not late for it`()
        throws
    {
        let time = Slowness()
        let world = try World(
            RegisteredFunction(
                signature("check"), Self.kept,
                .immediate { call in
                    if call.arguments[0] == .string("slow") { time.pass(.seconds(1)) }
                    return answer("one")
                }))
        time.time = world.time
        let lane = world.lane()
        #expect(
            lane.ask("slow", "quick").map(\.shown) == [
                "timeout timeout", #"answered {"name":"one"}"#,
            ])
        #expect(lane.ask("slow").map(\.shown) == ["timeout timeout"])
        #expect(world.only.calls.late == 2)
        #expect(world.only.latency.count == 3)
        #expect(world.only.latency.sum == .seconds(2))
    }

    @Test func `A row waits for the other function only; both answers are there when it is back`()
        throws
    {
        let held = HeldFunction()
        let (quick, slow) = (signature("quick"), signature("slow"))
        let plan = try CallPlan(
            book([(quick, ["entity"]), (slow, ["entity"])]),
            functions: [
                RegisteredFunction(slow, FunctionSettings(), .single(held.single)),
                RegisteredFunction(quick, FunctionSettings(), .immediate { _ in answer("quick") }),
            ])
        let world = World(plan)
        #expect(plan.paths == [quick.path, slow.path])
        let lane = world.lane()
        let asked = lane.ask([
            (0, 0, [.string("a")]), (0, 1, [.string("a")]), (1, 0, [.string("b")]),
        ])
        #expect(
            asked.map(\.shown) == [
                #"answered {"name":"quick"}"#, "pending", #"answered {"name":"quick"}"#,
            ])
        world.run()
        held.answer(0, answer("slow"))
        world.run()
        let ticket = lane.desk.ticket(of: 0)
        let back = try #require(lane.takeBack()[ticket])
        #expect(back.map(\.call) == [0, 1])
        #expect(
            back.map(\.settled.shown) == [
                #"answered {"name":"quick"}"#, #"answered {"name":"slow"}"#,
            ])
    }

    @Test func `A batch function that answers at once gets as many questions as it takes`() throws {
        let sizes = Mutex<[Int]>([])
        let world = try World(
            RegisteredFunction(
                signature("check"), Self.kept,
                .immediateBatch(itemsMax: 2) { calls in
                    sizes.withLock { $0.append(calls.count) }
                    return calls.map { call in
                        guard case .string(let text) = call.arguments[0], text != "bad" else {
                            return .failure(Refused())
                        }
                        return .success(answer(text))
                    }
                }))
        let lane = world.lane()
        // Equal ones of the same call are both asked; later ones are answered from the cache.
        #expect(
            lane.ask("a", "a", "b", "a", "bad", "c").map(\.shown) == [
                #"answered {"name":"a"}"#, #"answered {"name":"a"}"#, #"answered {"name":"b"}"#,
                #"cached {"name":"a"}"#, "failed failed", #"answered {"name":"c"}"#,
            ])
        #expect(sizes.withLock { $0 } == [2, 2, 1])
        #expect(world.only.calls.dispatches == 3 && world.only.calls.items == 5)
        #expect(lane.desk.waitingCount == 0 && lane.wakes.value == 0)
    }

    @Test func `Equal neighbours share a reply, and only what is equal`() throws {
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediateBatch(itemsMax: 8) { calls in
                    calls.map { call in
                        var answer = answer("one")
                        if call.arguments[0] == .string("warned") { answer.warnings = ["old"] }
                        answer.isSuccess = call.arguments[0] != .string("bad")
                        return .success(answer)
                    }
                }))
        let states = world.lane().ask("a", "b", "warned", "bad", "c")
        let replies = states.map { state -> CallReply? in
            guard case .answer(let reply)? = state.settled?.value else { return nil }
            return reply
        }
        #expect(replies[0] === replies[1])
        #expect(replies[2] !== replies[0] && replies[2]?.warnings == ["old"])
        #expect(replies[3] == nil && replies[4]?.warnings == [])
    }

    @Test func `A batch function that gives another number of answers answers nothing`() throws {
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediateBatch(itemsMax: 8) { _ in [.success(answer("one"))] }))
        #expect(world.lane().ask("a", "b").map(\.shown) == ["failed failed", "failed failed"])
    }

    @Test func `One for which there is no place waits in the line, and gets its answer`() throws {
        let inner = Borrowed()
        let shown = Mutex<[String]>([])
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediate { call in
                    // While the only place is taken another lane asks.
                    if call.arguments[0] == .string("first") {
                        let states = inner.lane?.ask("second") ?? []
                        shown.withLock { $0 = states.map(\.shown) }
                    }
                    return answer("one")
                })
        ) { $0.bulkhead.concurrentMax = 1 }
        let other = world.lane()
        inner.lane = other
        #expect(world.lane().ask("first").map(\.shown) == [#"answered {"name":"one"}"#])
        #expect(shown.withLock { $0 } == ["pending"])
        // For the answer, and because nobody stands in the line any more.
        #expect(other.wakes.value == 2)
        #expect(other.outcomes() == [#"answered {"name":"one"}"#])
        #expect(world.only.inFlight == 0 && world.only.waiting == 0)
    }

    @Test func `A question whose budget is spent is not asked`() throws {
        let calls = Counter()
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediate { _ in
                    calls.count()
                    return answer("one")
                }))
        #expect(world.lane(budget: .zero).ask("a").map(\.shown) == ["skipped budget"])
        #expect(calls.value == 0)
        #expect(world.only.calls.skipped == 1)
    }

    @Test func `A list or object that cannot be handed over exactly is not asked`() throws {
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(), .immediate { _ in answer("one") }))
        let lane = world.lane()
        lane.desk.begin(budgetEnd: nil)
        lane.round.removeAll()
        lane.round.add(
            .document(Array("[1e-19]".utf8).withUnsafeBytes { lane.round.add(bytes: $0) }))
        lane.round.ask(row: 0, call: 0)
        lane.desk.settle(lane.round, of: lane.batch)
        #expect(lane.round.answers.map(\.shown) == ["skipped not_called"])
        #expect(world.only.waiting == 0)
    }

    @Test func `A question that is not asked leaves behind nothing that it let go out`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(signature("check"), FunctionSettings(), .single(held.single))
        ) { $0.rateLimit = RateLimitPolicy(tokensPerPeriod: 1, burst: 1) }
        let lane = world.lane()
        lane.ask("out", "waits for its turn")
        world.run()
        #expect(held.count == 1)
        // Its turn has come, and before the alarm rings another lane has a question that cannot be asked.
        world.time.set(world.now + .seconds(1))
        let other = world.lane()
        other.desk.begin(budgetEnd: nil)
        other.round.removeAll()
        other.round.add(
            .document(Array("[1e-19]".utf8).withUnsafeBytes { other.round.add(bytes: $0) }))
        other.round.ask(row: 0, call: 0)
        other.desk.settle(other.round, of: other.batch)
        world.run()
        #expect(other.round.answers.map(\.shown) == ["skipped not_called"])
        #expect(held.count == 2)
    }
}

/// A lane that a function asks through; all of it happens on the test's thread.
private final class Borrowed: @unchecked Sendable {
    var lane: TestLane?
}

/// Lets a function take time of the virtual clock.
final class Slowness: @unchecked Sendable {
    var time: ManualClock?

    func pass(_ span: Duration) {
        guard let time else { return }
        time.set(time.monotonic + span)
    }
}
