import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Testing

@testable import ArkaCalls

struct SharingTests {
    @Test func `Equal questions of two lanes share one call`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(signature("check"), FunctionSettings(), .single(held.single)))
        let (first, second) = (world.lane(), world.lane())
        #expect(first.ask("ACME", "Umbrella").map(\.shown) == ["pending", "pending"])
        #expect(second.ask("ACME").map(\.shown) == ["pending"])
        world.run()
        #expect(held.count == 2)
        held.answer(0, answer("one"))
        world.run()
        #expect(first.outcomes() == [#"answered {"name":"one"}"#])
        #expect(second.outcomes() == [#"answered {"name":"one"}"#])
        #expect((first.wakes.value, second.wakes.value) == (1, 1))
        #expect(world.only.calls.shared == 1)
        #expect(first.desk.waitingCount == 1)
    }

    @Test func `A batch function gets one call for many rows, of several lanes`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(), .batch(itemsMax: 3, held.batch)))
        let lane = world.lane()
        lane.ask("a", "b", "c", "d", "b")
        world.run()
        #expect(held.count == 2)
        #expect(held.calls(0).map(\.arguments) == [[.string("a")], [.string("b")], [.string("c")]])
        #expect(held.calls(1).map(\.arguments) == [[.string("d")]])
        held.answer(0, answer("A"), answer("B"), answer("C"))
        held.answer(1, answer("D"))
        world.run()
        #expect(
            lane.outcomes() == ["A", "B", "C", "D", "B"].map { #"answered {"name":"\#($0)"}"# })
        // All answers of one call of the function are one burst; the lane had not looked before the
        // second.
        #expect(lane.wakes.value == 1)
    }

    @Test func `A batch with another number of results than calls fails for all`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(), .batch(itemsMax: 8, held.batch)))
        let lane = world.lane()
        lane.ask("a", "b")
        world.run()
        held.answer(0, answer("A"))
        world.run()
        let answers = lane.takeBack().values.flatMap { $0 }
        #expect(answers.map(\.settled.shown) == ["failed failed", "failed failed"])
        let text = "plugin.sanctions_list.check gave 1 results for 2 calls"
        #expect(answers.map(\.settled.trace.error) == [text, text])
        #expect(world.only.breakerCounters.failures == [.thrown: 1])
    }

    @Test func `Dropping a row cancels only what nobody else waits for`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(signature("check"), FunctionSettings(), .single(held.single)))
        let (first, second) = (world.lane(), world.lane())
        first.ask("ACME", "Umbrella")
        second.ask("ACME")
        world.run()
        first.desk.drop(first.desk.ticket(of: 0))
        #expect(!held.isCancelled(0))
        #expect(first.desk.waitingCount == 1)
        first.desk.dropAll()
        #expect(held.isCancelled(1))
        #expect(first.desk.waitingCount == 0)
        held.answer(0, answer("one"))
        world.run()
        #expect(first.outcomes() == [])
        #expect(second.outcomes() == [#"answered {"name":"one"}"#])
        #expect(world.only.calls.cancelled == 2)
        #expect(world.only.inFlight == 0)
    }

    @Test func `A function is told who asks, and its arguments in the order of its parameters`()
        throws
    {
        let held = HeldFunction()
        let function = RegisteredFunction(
            signature("check", [.init("entity"), .init("limit"), .init("strict")]),
            FunctionSettings(timeout: .seconds(5)), .single(held.single))
        let lane = try World(function).lane(budget: .seconds(2))
        lane.ask([
            (7, 0, [.array([.null, .number(.one)]), .number(ExactDecimal(9)), .boolean(true)])
        ])
        lane.world.run()
        let call = held.calls(0)[0]
        #expect(
            call.arguments
                == [.array([.null, .number(.one)]), .number(ExactDecimal(9)), .boolean(true)])
        var context = PluginContext(topology: "payments", topic: "transactions", offset: 107)
        context.jurisdiction = "EU"
        context.partition = 3
        context.eventTime = 1_700
        #expect(call.context == context)
        #expect(call.timeLeft == .seconds(2))
    }
}
