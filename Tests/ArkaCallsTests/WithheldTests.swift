import ArkaModel
import ArkaResilience
import ArkaRules
import ArkaStream
import PactPlugins
import Testing

@testable import ArkaCalls

/// Plugins that a lane does without.
struct WithheldTests {
    private static let hour = FunctionSettings(cacheTTL: .seconds(3600))

    /// A world with a function of each of two plugins.
    private func world(_ held: HeldFunction, _ other: HeldFunction) throws -> World {
        var strange = signature("check")
        strange.plugin = "geo"
        return World(
            try CallPlan(
                book([(signature("check"), ["entity"]), (strange, ["entity"])]),
                functions: [
                    RegisteredFunction(signature("check"), Self.hour, .single(held.single)),
                    RegisteredFunction(strange, Self.hour, .single(other.single)),
                ]))
    }

    @Test func `Nothing is asked of a plugin that is withheld, and others are`() throws {
        let (held, other) = (HeldFunction(), HeldFunction())
        let world = try world(held, other)
        let lane = world.lane()
        lane.desk.withhold(["sanctions_list", "nobody"])
        let states = lane.ask([(0, 0, [.string("ACME")]), (0, 1, [.string("ACME")])])
        #expect(states.map(\.shown) == ["skipped disabled", "pending"])
        #expect(
            states[0].settled?.trace.error
                == "plugin.sanctions_list.check was not called: the plugin sanctions_list is not "
                + "enabled")
        world.run()
        #expect(held.count == 0 && other.count == 1)
        // The row that comes back is told the same again.
        other.answer(0, answer("one"))
        world.run()
        let told = lane.takeBack().values.flatMap { $0 }
        #expect(told.map(\.settled.shown) == ["skipped disabled", #"answered {"name":"one"}"#])
        #expect(world.stage.snapshot().map(\.calls.started) == [0, 1])
    }

    @Test func `What is in the cache is withheld too, until the plugin is asked again`() throws {
        let held = HeldFunction()
        let world = try world(held, HeldFunction())
        let (lane, another) = (world.lane(), world.lane())
        lane.ask("ACME")
        world.run()
        held.answer(0, answer("one"))
        world.run()
        let cached = #"cached {"name":"one"}"#
        #expect(lane.ask("ACME").map(\.shown) == [cached])
        lane.desk.withhold(["sanctions_list"])
        #expect(
            lane.ask("ACME", "Umbrella").map(\.shown) == ["skipped disabled", "skipped disabled"])
        #expect(another.ask("ACME").map(\.shown) == [cached], "other lanes are not concerned")
        lane.desk.withhold([])
        #expect(lane.ask("ACME").map(\.shown) == [cached])
        #expect(held.count == 1)
    }
}
