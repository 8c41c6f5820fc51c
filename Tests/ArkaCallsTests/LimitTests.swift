import ArkaModel
import ArkaResilience
import ArkaStream
import ManualTime
import PactPlugins
import Testing

@testable import ArkaCalls

struct LimitTests {
    private func world(
        _ held: HeldFunction, timeout: Duration = .seconds(5), ttl: Duration = .zero,
        _ change: (inout CallPolicy) -> Void = { _ in }
    ) throws -> World {
        let settings = FunctionSettings(cacheTTL: ttl, timeout: timeout)
        return try World(
            RegisteredFunction(signature("check"), settings, .single(held.single)), change)
    }

    // acceptance: S-50
    @Test
    func `A function that hangs is cancelled at its limit, 30 seconds unless it says another`()
        throws
    {
        #expect(FunctionSettings().timeout == .seconds(30))
        for (timeout, settings) in [
            (Duration.seconds(30), FunctionSettings()),
            (.seconds(5), FunctionSettings(timeout: .seconds(5))),
        ] {
            let held = HeldFunction()
            let world = try World(
                RegisteredFunction(signature("check"), settings, .single(held.single)))
            let lane = world.lane()
            lane.ask("ACME")
            world.pass(timeout - .milliseconds(1))
            #expect(!held.isCancelled(0))
            #expect(lane.outcomes() == [])
            world.pass(.milliseconds(1))
            #expect(held.isCancelled(0))
            let answers = lane.takeBack().values.flatMap { $0 }
            #expect(answers.map(\.settled.shown) == ["timeout timeout"])
            #expect(
                answers[0].settled.trace.error?.hasPrefix(
                    "no answer from plugin.sanctions_list.check within \(timeout / .seconds(1) == 30 ? "30s" : "5s")"
                )
                    == true)
            #expect(world.only.inFlight == 0)
        }
    }

    @Test func `An answer within the limit counts, one at the limit does not`() throws {
        let held = HeldFunction(heedsCancellation: false)
        let world = try world(held)
        let lane = world.lane()
        lane.ask("early", "late")
        world.pass(.milliseconds(4999))
        held.answer(0, answer("early"))
        world.pass(.milliseconds(1))
        held.answer(1, answer("late"))
        world.run()
        #expect(lane.outcomes() == [#"answered {"name":"early"}"#, "timeout timeout"])
    }

    @Test func `A late answer changes nothing, and its place is held until it comes`() throws {
        let held = HeldFunction(heedsCancellation: false)
        let world = try world(held, ttl: .seconds(60)) { $0.bulkhead.concurrentMax = 1 }
        let lane = world.lane()
        lane.ask("ACME")
        world.pass(.seconds(5))
        #expect(held.isCancelled(0))
        #expect(lane.outcomes() == ["timeout timeout"])
        #expect(world.only.inFlight == 1)
        lane.ask("ACME", "Umbrella")
        world.run()
        #expect(held.count == 1)
        held.answer(0, answer("late"))
        world.run()
        #expect(lane.outcomes() == [])
        #expect(world.only.calls.late == 1)
        #expect(held.count == 2)
        held.answer(1, answer("new"))
        world.run()
        #expect(lane.outcomes() == [#"answered {"name":"new"}"#])
    }

    @Test func `The budget counts from when the lane took the record, and stays with the ticket`()
        throws
    {
        let slow = HeldFunction()
        let (first, second) = (signature("first"), signature("second"))
        let plan = try CallPlan(
            book([(first, ["entity"]), (second, ["entity"])]),
            functions: [
                RegisteredFunction(first, FunctionSettings(), .single(slow.single)),
                RegisteredFunction(second, FunctionSettings(), .single(slow.single)),
            ])
        let world = World(plan)
        let lane = world.lane(budget: .seconds(1))
        lane.ask("ACME")
        world.pass(.milliseconds(600))
        slow.answer(0, answer("one"))
        world.run()
        #expect(lane.outcomes() == [#"answered {"name":"one"}"#])
        let asked = lane.askMore([(0, 1, [.string("ACME")])])
        #expect(asked.map(\.shown) == ["pending"])
        world.pass(.milliseconds(400))
        #expect(slow.isCancelled(1))
        // What it was told before it waited the second time is there as well.
        #expect(lane.outcomes() == [#"answered {"name":"one"}"#, "timeout budget"])
        let late = lane.askMore([(0, 1, [.string("ACME")])])
        #expect(late.map(\.shown) == ["skipped budget"])
    }

    @Test func `An alarm that rings early is set again`() throws {
        let held = HeldFunction()
        let world = try world(held)
        let lane = world.lane()
        lane.ask("ACME")
        world.run()
        let due = world.now + .seconds(5)
        #expect(world.alarm.next == due)
        world.time.set(due - .milliseconds(1))
        world.alarm.ringDue(at: due)
        #expect(lane.outcomes() == [])
        #expect(world.alarm.next == due)
        world.pass(.milliseconds(1))
        #expect(lane.outcomes() == ["timeout timeout"])
    }

    @Test func `Calls beyond what may wait are skipped`() throws {
        let held = HeldFunction()
        let world = try world(held) {
            $0.bulkhead.concurrentMax = 1
            $0.bulkhead.waitingMax = 1
        }
        let shown = world.lane().ask("out", "waits", "has no place").map(\.shown)
        #expect(shown == ["pending", "pending", "skipped not_called"])
    }

    // acceptance: S-160
    @Test
    func `A call that fails is tried again after 1, 2 and 4 seconds, and then given up at once`()
        throws
    {
        let held = HeldFunction()
        let settings = FunctionSettings(retriesOnFailure: true, attemptsMax: 4)
        let world = try World(
            RegisteredFunction(signature("check"), settings, .single(held.single)))
        let lane = world.lane()
        lane.ask("ACME")
        world.run()
        for (number, pause) in [1, 2, 4].enumerated() {
            held.fail(number, Refused())
            world.pass(.seconds(pause) - .milliseconds(1))
            #expect(held.count == number + 1, "it waits")
            world.pass(.milliseconds(1))
            #expect(held.count == number + 2)
            #expect(held.calls(number + 1)[0].arguments == [.string("ACME")])
        }
        held.fail(3, Refused())
        world.run()
        let answers = lane.takeBack().values.flatMap { $0 }
        #expect(answers.map(\.settled.trace.error) == ["connection refused (attempt 4)"])
        world.pass(.seconds(3600))
        #expect(held.count == 4, "nothing follows")

        let twice = HeldFunction()
        let better = try World(
            RegisteredFunction(signature("check"), settings, .single(twice.single)))
        let second = better.lane()
        second.ask("ACME")
        better.run()
        twice.fail(0, Refused())
        better.pass(.seconds(1))
        twice.answer(1, answer("one"))
        better.run()
        #expect(second.outcomes() == [#"answered {"name":"one"}"#], "the first success ends it")

        let once = HeldFunction()
        let single = try World(
            RegisteredFunction(signature("check"), FunctionSettings(), .single(once.single)))
        let other = single.lane()
        other.ask("ACME")
        single.run()
        once.fail(0, Refused())
        single.run()
        #expect(other.outcomes() == ["failed failed"], "who is not to be repeated does not wait")
        single.pass(.seconds(3600))
        #expect(once.count == 1)
    }
}
