import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Testing

@testable import ArkaCalls

struct BreakerTests {
    private func world(
        _ held: HeldFunction, _ policy: OutagePolicy = .decide
    ) throws -> World {
        try World(
            RegisteredFunction(signature("check"), FunctionSettings(), .single(held.single))
        ) {
            $0.whenUnavailable = policy
            $0.breaker.consecutiveFailures = 2
            $0.breaker.open = .seconds(5)
        }
    }

    @Test func `The breaker opens, lets one probe out, and closes; counters and traces show it`()
        throws
    {
        let held = HeldFunction()
        let world = try world(held)
        let lane = world.lane()
        lane.ask("a", "b")
        world.run()
        held.fail(0, Refused())
        held.fail(1, Refused())
        world.run()
        #expect(lane.outcomes() == ["failed failed", "failed failed"])
        #expect(world.only.breaker == .open)
        let refused = lane.ask("c")[0].settled
        #expect(refused?.shown == "open open")
        #expect(
            refused?.trace.error
                == "plugin.sanctions_list.check was not called: its circuit breaker is open, tried "
                + "again in 5s")
        #expect(held.count == 2)

        world.pass(.seconds(5))
        #expect(world.only.breaker == .halfOpen)
        let probed = lane.ask("d", "e")
        world.run()
        #expect(held.count == 3)
        #expect(probed.map(\.shown) == ["pending", "open open"])
        held.answer(2, answer("well"))
        world.run()
        #expect(lane.outcomes() == [#"answered {"name":"well"}"#])
        #expect(world.only.breaker == .closed)
        let counters = world.only.breakerCounters
        #expect((counters.opened, counters.probes, counters.closed) == (1, 1, 1))
        #expect(world.only.calls.open == 2)
    }

    @Test func `With hold lanes stop reading while it is down, and all are woken when it is back`()
        throws
    {
        let held = HeldFunction()
        let world = try world(held, .hold)
        let (lane, other) = (world.lane(budget: .seconds(1)), world.lane())
        lane.ask("a", "b", "c")
        world.run()
        #expect(!lane.desk.stopsReading)
        held.fail(0, Refused())
        held.fail(1, Refused())
        world.run()
        #expect(lane.desk.stopsReading)
        #expect(other.desk.stopsReading)
        // The first failed before the breaker opened; the budget does not end the others.
        #expect(lane.outcomes() == ["failed failed"])
        held.fail(2, Refused())
        world.pass(.milliseconds(4999))
        #expect(lane.outcomes() == [])
        #expect(held.open == [])
        world.pass(.milliseconds(1))
        #expect(held.open == [3])
        #expect(lane.desk.stopsReading)
        #expect(other.wakes.value == 0)
        held.answer(3, answer("back"))
        world.run()
        #expect(!lane.desk.stopsReading)
        #expect(other.wakes.value == 1)
        #expect(held.open == [4])
        held.answer(4, answer("back"))
        world.run()
        #expect(lane.outcomes() == Array(repeating: #"answered {"name":"back"}"#, count: 2))
    }

    @Test func `Lanes read on when what waited is dropped`() throws {
        let held = HeldFunction()
        let world = try world(held, .hold)
        let (lane, other) = (world.lane(), world.lane())
        lane.ask("a", "b")
        world.run()
        held.fail(0, Refused())
        held.fail(1, Refused())
        world.run()
        #expect(other.desk.stopsReading)
        lane.desk.dropAll()
        #expect(!other.desk.stopsReading)
        #expect(other.wakes.value == 1)
    }
}
