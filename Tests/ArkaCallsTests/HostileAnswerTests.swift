import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Synchronization
import Testing

@testable import ArkaCalls

/// Answers and arguments that are made to be taken for others, or to flood decisions.
struct HostileAnswerTests {
    private func reply(_ state: CallAnswerState?) throws -> CallReply {
        guard case .answer(let reply) = state?.settled?.value else { throw Refused() }
        return reply
    }

    @Test func `Neighbours of a batch that look the same and differ in bytes keep their answers`()
        throws
    {
        let texts = ["caf\u{E9}", "cafe\u{301}"]
        #expect(texts[0] == texts[1], "to Swift they are equal")
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediateBatch(itemsMax: 2) { $0.indices.map { .success(answer(texts[$0])) } }))
        let replies = try world.lane().ask("A", "B").map { try reply($0) }
        for (reply, text) in zip(replies, texts) {
            #expect(Array(reply.padded.prefix(reply.count)) == answer(text).value.json)
        }
    }

    @Test func `Warnings without end do not get into decisions; what is left out is counted`()
        throws
    {
        let long = String(repeating: "x", count: 1 << 20)
        for (warnings, kept) in [([long], 1), (Array(repeating: "w", count: 100_000), 17)] {
            let world = try World(
                RegisteredFunction(
                    signature("check"), FunctionSettings(),
                    .immediate { _ in FunctionAnswer(warnings: warnings) }))
            let reply = try reply(world.lane().ask("ACME").first)
            #expect(reply.warnings.count == kept)
            #expect(reply.warnings.allSatisfy { $0.utf8.count < 500 })
        }
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediate { _ in FunctionAnswer(warnings: Array(repeating: "w", count: 20)) }))
        let reply = try reply(world.lane().ask("ACME").first)
        #expect(reply.warnings.last == "4 more warnings are left out")
    }

    @Test func `An error text is bounded though all of it is one character`() throws {
        let accents = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect(accents.count == 1)
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(),
                .immediate { _ in FunctionAnswer(isSuccess: false, error: accents) }))
        let error = try #require(world.lane().ask("ACME").first?.settled?.trace.error)
        #expect(error.unicodeScalars.count == CallLimits.textScalarsMax + 1)
    }

    @Test(
        arguments: [
            (["1"], [1]), ([true], ["true"]), ([.null], ["null"]), ([""], [.null]),
            ([[]], ["[]"]), ([["a,b"]], [["a", "b"]]), ([[["a"], "b"]], [["a", ["b"]]]),
            ([["a": 1]], [[["a", 1]]]), (["caf\u{E9}"], ["cafe\u{301}"]),
            (["a\u{0}"], ["a"]), (["a\u{0}"], ["a\u{0}\u{0}"]), ([0], [false]),
            ([["1"]], [[1]]), ([[.null]], [[]]),
        ] as [([PluginValue], [PluginValue])])
    func `Arguments that are not the same never share an answer`(
        _ first: [PluginValue], _ second: [PluginValue]
    ) throws {
        try expectCalls(2, for: first, second, [.init("entity")])
    }

    @Test func `Arguments share an answer only if each parameter is given the same`() throws {
        let two: [FunctionSignature.Parameter] = [.init("a"), .init("b")]
        try expectCalls(2, for: ["ab", "c"], ["a", "bc"], two)
        try expectCalls(2, for: ["a", .null], [.null, "a"], two)
        try expectCalls(
            1, for: [.number(try ExactDecimal("1"))], [.number(try ExactDecimal("1.0"))],
            [.init("entity")])
    }

    /// Asks a function that keeps its answers twice.
    private func expectCalls(
        _ count: Int, for first: [PluginValue], _ second: [PluginValue],
        _ parameters: [FunctionSignature.Parameter]
    ) throws {
        let calls = Counter()
        let world = try World(
            RegisteredFunction(
                signature("check", parameters), FunctionSettings(cacheTTL: .seconds(60)),
                .immediate { call in
                    calls.count()
                    return FunctionAnswer(value: .array(call.arguments.map { $0 ?? "none" }))
                }))
        let lane = world.lane()
        for arguments in [first, second] {
            let reply = try reply(lane.ask([(0, 0, arguments)]).first)
            let expected = PluginValue.array(arguments).json
            #expect(Array(reply.padded.prefix(reply.count)) == expected)
        }
        #expect(calls.value == count)
    }
}
