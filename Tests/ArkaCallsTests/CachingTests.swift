import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Synchronization
import Testing

@testable import ArkaCalls

struct CachingTests {
    private static let hour = FunctionSettings(cacheTTL: .seconds(3600))

    @Test func `A cached answer settles at once, with its age`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(signature("check"), Self.hour, .single(held.single)))
        let lane = world.lane()
        lane.ask("ACME")
        world.run()
        held.answer(0, answer("one"))
        world.run()
        world.pass(.seconds(90))
        let settled = lane.ask("ACME")[0].settled
        #expect(settled?.shown == #"cached {"name":"one"}"#)
        #expect(settled?.trace.age == .seconds(90))
        #expect(held.count == 1)
    }

    @Test func `An empty answer is a hit`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(signature("check"), Self.hour, .single(held.single)))
        let lane = world.lane()
        for (number, empty) in [PluginValue.object([]), .array([]), .null].enumerated() {
            lane.ask("entity \(number)")
            world.run()
            held.answer(number, FunctionAnswer(value: empty))
            world.run()
        }
        let shown = lane.ask("entity 0", "entity 1", "entity 2").map(\.shown)
        #expect(shown == ["cached {}", "cached []", "cached null"])
        #expect(held.count == 3)
    }

    // acceptance: S-52
    @Test func `Only answers of functions that succeeded are kept`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(signature("check"), Self.hour, .single(held.single)))
        let lane = world.lane()
        lane.ask("ACME")
        world.run()
        held.answer(0, FunctionAnswer(isSuccess: false, error: "the list is being loaded"))
        world.run()
        let failed = lane.takeBack().values.flatMap { $0 }
        #expect(failed.map(\.settled.shown) == ["failed failed"])
        #expect(failed.map(\.settled.trace.error) == ["the list is being loaded"])
        #expect(lane.ask("ACME").map(\.shown) == ["pending"])
        world.run()
        held.fail(1, Refused())
        world.run()
        #expect(lane.ask("ACME").map(\.shown) == ["pending"])
        world.run()
        held.answer(2, answer("one"))
        world.run()
        #expect(lane.ask("ACME").map(\.shown) == [#"cached {"name":"one"}"#])
        #expect(held.count == 3)
    }

    @Test func `Reading an answer does not prolong its life`() throws {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(cacheTTL: .seconds(60)), .single(held.single)))
        let lane = world.lane()
        lane.ask("ACME")
        world.run()
        held.answer(0, answer("one"))
        world.run()
        world.pass(.seconds(59))
        #expect(lane.ask("ACME").map(\.shown) == [#"cached {"name":"one"}"#])
        world.pass(.seconds(1))
        #expect(lane.ask("ACME").map(\.shown) == ["pending"])
    }

    @Test func `A default and the same value given are one question; null and nothing are two`()
        throws
    {
        let checks = signature(
            "check",
            [
                .init("entity"),
                .init("kind", isRequired: false, defaultValue: #""company""#),
                .init("score", isRequired: false, defaultValue: "0.50"),
                .init("lists", isRequired: false, defaultValue: #"["OFAC", "UN"]"#),
                .init("note", isRequired: false),
            ])
        let held = HeldFunction()
        let all = ["entity", "kind", "score", "lists"]
        let plan = try CallPlan(
            book([(checks, ["entity"]), (checks, all), (checks, ["entity", "note"])]),
            functions: [RegisteredFunction(checks, Self.hour, .single(held.single))])
        let world = World(plan)
        let lane = world.lane()
        let score = PluginValue.number(try ExactDecimal("0.5"))
        let lists = PluginValue.array([.string("OFAC"), .string("UN")])
        lane.ask([
            (0, 0, [.string("ACME")]),
            (1, 1, [.string("ACME"), .string("company"), score, lists]),
            (2, 1, [.string("ACME"), .string("person"), score, lists]),
            (3, 2, [.string("ACME"), .null]),
        ])
        world.run()
        #expect(held.count == 3)
        #expect(
            held.calls(0)[0].arguments == [.string("ACME"), .string("company"), score, lists, nil])
        #expect(held.calls(2)[0].arguments.last == .some(.some(.null)))
    }

    @Test func `Another version of the configuration makes other keys`() throws {
        let check = signature("check")
        let body = RegisteredFunction(check, Self.hour, .immediate { _ in answer("one") })
        func key(_ version: String) throws -> CallKey {
            let plan = try CallPlan(
                book([(check, ["entity"])]), functions: [body],
                configurationVersions: ["sanctions_list": version, "other": "7"], seed: 3)
            let round = CallRound()
            round.add(.truth(true))
            round.ask(row: 0, call: 0)
            let reader = QuestionReader(round)
            let asking = FunctionAsking(0, of: plan)
            var writer = asking.takeWriter()
            return asking.key(of: reader.questions[0], reader, with: &writer)
        }
        #expect(try key("1") == key("1"))
        #expect(try key("1") != key("2"))
    }

    @Test func `A function that names its key parameters is asked once for equal ones`() throws {
        let held = HeldFunction()
        let settings = FunctionSettings(cacheKey: ["entity"], cacheTTL: .seconds(60))
        let world = try World(
            RegisteredFunction(
                signature("check", [.init("entity"), .init("trace")]), settings,
                .single(held.single)))
        world.lane().ask([
            (0, 0, [.string("ACME"), .string("one")]), (1, 0, [.string("ACME"), .string("two")]),
            (2, 0, [.string("Umbrella"), .string("two")]),
        ])
        world.run()
        #expect(held.count == 2)
    }
}
