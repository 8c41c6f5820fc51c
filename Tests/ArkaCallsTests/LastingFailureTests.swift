import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Testing

@testable import ArkaCalls

struct LastingFailureTests {
    private func world(_ held: HeldFunction) throws -> World {
        try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(retriesOnFailure: true, attemptsMax: 3),
                .single(held.single))
        ) { $0.breaker.consecutiveFailures = 1 }
    }

    /// How often the function is called if it ends so, and whether its breaker opened.
    private func attempts(
        _ end: (HeldFunction, Int) -> Void
    ) throws -> (count: Int, breaker: BreakerStatus) {
        let held = HeldFunction()
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(retriesOnFailure: true, attemptsMax: 3),
                .single(held.single)))
        let lane = world.lane()
        lane.ask("ACME")
        world.run()
        end(held, 0)
        world.pass(.seconds(1))
        let count = held.count
        if count > 1 { held.answer(1, answer("well")) }
        world.run()
        #expect(lane.outcomes().count == 1)
        return (count, world.only.breaker)
    }

    @Test func `An answer that says that it stays so is not asked for again; others are`() throws {
        let no = FunctionAnswer(isSuccess: false, error: "no such list", isRetryable: false)
        #expect(try attempts { $0.answer($1, no) }.count == 1)
        let busy = FunctionAnswer(isSuccess: false, error: "busy")
        #expect(try attempts { $0.answer($1, busy) }.count == 2)
    }

    @Test func `An error that says that it stays so is not tried again; others are`() throws {
        for (error, count) in [
            (PluginError("HTTP error 401 from a host", isRetryable: false) as any Error, 1),
            (PluginError("HTTP error 503 from a host"), 2),
            (HTTPFailure(.notAllowed, message: "not allowed", mayHaveBeenSent: false), 1),
            (HTTPFailure(.unreachable, message: "unreachable", mayHaveBeenSent: false), 2),
            (Refused(), 2),
        ] {
            #expect(try attempts { $0.fail($1, error) }.count == count)
        }
    }

    @Test func `Input that the function refuses neither opens its breaker nor is tried again`()
        throws
    {
        let held = HeldFunction()
        let world = try world(held)
        let lane = world.lane()
        for number in 0..<3 {
            lane.ask("bad \(number)")
            world.run()
            held.answer(
                number,
                FunctionAnswer(
                    isSuccess: false, error: "entity: too long", isRetryable: false,
                    isInputRefused: true))
            world.pass(.seconds(10))
            #expect(lane.outcomes() == ["failed failed"])
        }
        #expect(held.count == 3)
        #expect(world.only.breaker == .closed)
        lane.ask("good")
        world.run()
        held.answer(3, FunctionAnswer(isSuccess: false, error: "no", isRetryable: false))
        world.run()
        #expect(world.only.breaker == .open)
    }
}
