import ArkaModel
import ArkaResilience
import PactPlugins
import Testing

@testable import ArkaCalls

struct PlanTests {
    @Test func `All that is wrong with a plan is said at once`() throws {
        let check = signature("check_sanctions", [.init("entity"), .init("kind")])
        let other = signature("other", [.init("entity", defaultValue: "{")])
        var settings = FunctionSettings(cacheKey: ["entty"])
        settings.timeout = .zero
        let body: @Sendable (FunctionCall) throws -> FunctionAnswer = { _ in FunctionAnswer() }
        var batched = CallPolicy(function: other.path)
        batched.batchItemsMax = 8
        let error = #expect(throws: CallPlanProblems.self) {
            try CallPlan(
                book([
                    (signature("check_sanction"), ["entity"]), (check, ["entity"]),
                    (other, ["entity"]), (check, ["entity"]),
                ]),
                functions: [
                    RegisteredFunction(check, settings, .immediate(body)),
                    RegisteredFunction(other, FunctionSettings(), .immediate(body)),
                ],
                policies: [other.path: batched])
        }
        let path = "plugin.sanctions_list."
        #expect(
            error?.problems.map(\.message) == [
                "no plugin offers \(path)check_sanction; did you mean \(path)check_sanctions?",
                "timeout of \(path)check_sanctions must be between 0.001s and 1d",
                "cache_key of \(path)check_sanctions must be parameters of the function, of which "
                    + "entty is none",
                "batch.max_items of \(path)other must be at most 1, which is what the function takes "
                    + "at once",
                "the default of entity of \(path)other is no JSON value with exact numbers; correct "
                    + "it where the function is registered",
            ])
    }

    @Test func `Calls that were checked against another version of the plugin are refused`() throws
    {
        let offered = signature("check", [.init("entity"), .init("country")])
        let error = #expect(throws: CallPlanProblems.self) {
            try CallPlan(
                book([(signature("check"), ["entity", "kind"])]),
                functions: [
                    RegisteredFunction(
                        offered, FunctionSettings(), .immediate { _ in FunctionAnswer() })
                ])
        }
        #expect(
            error?.problems.map(\.kind) == [.unknownArgument("kind"), .missingArgument("country")])
    }

    @Test func `A policy follows what the function's author says`() {
        let settings = FunctionSettings(
            cacheTTL: .seconds(60), timeout: .seconds(3), retriesOnFailure: true, attemptsMax: 4)
        let policy = CallPolicy(
            of: RegisteredFunction(signature("check"), settings, .batch(itemsMax: 64) { _ in [] }))
        #expect(policy.function == "plugin.sanctions_list.check")
        #expect(policy.cacheTTL == .seconds(60))
        #expect(policy.limits.function == .seconds(3))
        #expect(policy.retry.attemptsMax == 4)
        #expect(policy.batchItemsMax == 64)
        #expect(policy.sharesEqualCalls)
    }
}
